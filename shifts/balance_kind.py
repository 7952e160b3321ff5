"""Balances of leave as a kind of file that comes in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import User
from callcenter.access import Actor, require
from callcenter.imports.kinds import BadCell, Field, Kind, Taken, bare
from callcenter.sheets import cells
from callcenter.sheets.cells import Cell
from shifts.models import LeaveType
from shifts.services.balances import MOST, Opening, open_balances

YEARS: Final = range(1970, 2200)


def _hours(cell: Cell) -> int | None:
    """Return hours, written as 36.5, as minutes."""
    words = cells.plain(cell).replace(",", ".")
    if not words:
        return None
    try:
        minutes = round(Decimal(words) * 60)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(_("“%(cell)s” is no number of hours; write 36.5") % {"cell": words}) from error
    if abs(minutes) > MOST:
        raise ValueError(_("“%(cell)s” hours are more than a year") % {"cell": words})
    return minutes


def _year(cell: Cell) -> int | None:
    words = cells.plain(cell)
    if not words:
        return None
    if not words.isdecimal() or int(words) not in YEARS:
        raise ValueError(
            _("“%(cell)s” is no year; write %(year)d") % {"cell": words, "year": timezone.localdate().year}
        )
    return int(words)


FIELDS: Final[tuple[Field, ...]] = (
    Field("work_number", gettext_lazy("Work number"), cells.plain, ("Staff number", "Employee number", "Employee id", "工号", "员工编号", "工號", "員工編號"), "20401", required=True),
    Field("type", gettext_lazy("Type of leave"), cells.plain, ("Type", "Leave type", "Code of the type", "假期类型", "假别", "类型", "假期類型", "假別", "類型"), "annual", required=True),
    Field("year", gettext_lazy("Year"), _year, ("年度", "年份", "年"), "2026", required=True),
    Field("left", gettext_lazy("Left, hours"), _hours, ("Left", "Hours", "Balance", "Hours left", "剩余", "剩余小时", "余额", "剩餘", "剩餘小時", "餘額"), "36.5", required=True),
)  # fmt: skip


class BalancesKind(Kind):
    """What is left of people's leave, for the start with this product or after a count."""

    name = "balances"
    label = gettext_lazy("Balances of leave")
    intro = gettext_lazy(
        "Each row says what is left of somebody's leave of a type and year; the difference is entered as a correction."
    )
    permission = "shifts.manage_balances"
    fields = FIELDS
    chunk = 500
    back = "shifts:balances"
    back_permission = "shifts.manage_balances"

    def settle(
        self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any
    ) -> tuple[dict[str, Any], None]:
        """Return no options: the rows say everything."""
        require(actor, self.permission)
        return {}, None

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], Opening]:
        """Return the function from values to an opening balance."""
        types = {
            bare(name): kind
            for kind in LeaveType.objects.filter(is_limited=True)
            for name in (kind.name, kind.code)
        }

        def opening(row: int, found: dict[str, Any]) -> Opening:
            for field in self.fields:
                if found.get(field.key) in (None, ""):
                    raise BadCell(field.key, _("this is missing"))
            kind = types.get(bare(found["type"]))
            if kind is None:
                raise BadCell("type", _("no type “%(name)s” has a balance") % {"name": found["type"]})
            return Opening(row, found["work_number"], kind, found["year"], found["left"])

        return opening

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Enter the differences; the second of two rows about the same balance counts."""
        taken = Taken()
        people = {
            person.work_number: person
            for person in User.objects.filter(work_number__in={item.work_number for item in items})
        }
        known = []
        for item in items:
            person = people.get(item.work_number)
            if person is None:
                why = _("nobody has the work number %(number)s") % {"number": item.work_number}
                taken.refused.append((item.row, "work_number", why))
            elif not actor.has_perm(self.permission, person):
                taken.refused.append((item.row, "work_number", _("this is your own balance")))
            else:
                known.append((item, person))
        changed = open_balances(actor=actor, rows=known, now=now)
        taken.changed, taken.unchanged = len(changed), len(known) - len(changed)
        return taken
