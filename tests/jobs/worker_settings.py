"""The settings of a worker process that knows the tests' kinds."""

from tests.settings import *  # noqa: F403

JOB_KINDS = {
    name: f"tests.jobs.kinds.{name}"
    for name in ("export", "refused", "broken", "steps", "one_transaction", "overtaken")
}
