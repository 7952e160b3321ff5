"""Who sees key figures. Whose figures, the calls' own row scope decides: an agent sees the own ones."""

import rules

from callcenter.access import Role, has_role

rules.add_perm(
    "kpi.view",
    has_role(
        Role.AGENT,
        Role.TEAM_LEAD,
        Role.SUPERVISOR,
        Role.REGIONAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.EXECUTIVE,
        Role.QUALITY,
        Role.TRAINER,
    ),
)
