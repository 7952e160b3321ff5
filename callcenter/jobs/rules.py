"""Who may do what with a job. Whether one may begin it is asked by the service of its kind."""

from typing import Any

import rules

from callcenter.access import Role, has_role


@rules.predicate
def is_own(user: Any, job: Any) -> bool:
    """Say whether the person began the job."""
    return job is not None and job.person_id == user.pk


rules.add_perm("jobs.cancel", is_own | has_role(Role.ADMINISTRATOR))
rules.add_perm("jobs.start_again", is_own)
rules.add_perm("jobs.take_file", is_own)
