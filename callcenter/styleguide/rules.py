"""Who may look at the style guide."""

import rules

from callcenter.access import Role, has_role

rules.add_perm("styleguide.view", has_role(Role.ADMINISTRATOR))
