"""Transitions are a table: which state may follow which."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from callcenter.errors import Conflict
from callcenter.words import listed


class IllegalTransition(Conflict):
    """The step does not follow from the present state."""

    code = "illegal_transition"


def check_step(steps: Mapping[str, Collection[str]], old: str, new: str) -> None:
    """Raise IllegalTransition unless `new` may follow `old` in the table `steps`."""
    if new not in steps[old]:
        words = {str(state): str(getattr(state, "label", state)) for state in steps}
        allowed = listed(sorted(words.get(step, step) for step in steps[old])) or _("nothing, it has ended")
        why = _("It is “%(old)s” already.") if new == old else _("From “%(old)s” one cannot go to “%(new)s”.")
        raise IllegalTransition(
            why % {"old": words.get(old, old), "new": words.get(new, new)},
            mend=_("Possible now: %(allowed)s.") % {"allowed": allowed},
        )
