"""Who keeps the product running."""

import rules

from callcenter.access import Role, has_role

rules.add_perm("ops.outbox", has_role(Role.ADMINISTRATOR))
rules.add_perm("ops.bounces", has_role(Role.ADMINISTRATOR))
rules.add_perm("ops.mailbox", has_role(Role.ADMINISTRATOR))
