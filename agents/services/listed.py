"""What the lists of skills and of terms share: whose rows the sender may write, each row taken or refused by itself."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor
from callcenter.errors import DomainError
from callcenter.imports.kinds import BadCell, Taken


class Listed:
    """The people of a list by work number: those who work here and about whom `actor` may say `permission`."""

    def __init__(self, actor: Actor, permission: str, rows: Sequence[Any]) -> None:
        numbers = {row.work_number for row in rows}
        people = User.objects.filter(work_number__in=numbers).select_related("site__calendar")
        self.people = {person.work_number: person for person in people}
        self.may = {number for number, person in self.people.items() if actor.has_perm(permission, person)}

    def person(self, number: str) -> User:
        """Return the person; BadCell if there is none, the account is closed, or the sender may not."""
        person: User | None = self.people.get(number)
        if person is None or number not in self.may:
            raise BadCell("work_number", _("nobody whom you answer for has this work number"))
        if not person.is_active:
            raise BadCell("work_number", _("this account is closed"))
        return person


def take_each(rows: Sequence[Any], take: Callable[[Any], bool]) -> Taken:
    """Take every row by itself: `take` says whether it changed anything, BadCell or DomainError refuse it."""
    taken = Taken()
    for row in rows:
        try:
            changed = take(row)
        except BadCell as bad:
            taken.refused.append((row.row, bad.field, bad.reason))
        except DomainError as refusal:
            taken.refused.append((row.row, refusal.field or "", f"{refusal.message} {refusal.mend}".strip()))
        else:
            taken.changed += changed
            taken.unchanged += not changed
    return taken
