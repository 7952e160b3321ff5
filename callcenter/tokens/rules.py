"""Who makes and revokes tokens: a token can act for anybody."""

import rules

from callcenter.access import Role, has_role

rules.add_perm("tokens.manage", has_role(Role.ADMINISTRATOR))
