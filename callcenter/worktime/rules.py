"""Who may change calendars and policies."""

import rules

from callcenter.access import Role, has_role

rules.add_perm("worktime.manage", has_role(Role.ADMINISTRATOR))
