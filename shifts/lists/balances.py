"""The lists of balances of leave, and of the movements behind them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.filters.leave import BalanceFilter, LedgerFilter
from shifts.models import LeaveEntry


def _of_year(key: str, label: Any, ahead: int) -> View:
    return View(key, label, lambda rows, person, _now: rows.filter(year=person.today.year + ahead))


class BalanceList(DataList):
    """What is left of people's leave: one row for each person, type and year that was granted."""

    name = "leave_balances"
    title = _("Balances of leave")
    url = "shifts:balances"
    views = (
        _of_year("this_year", _("This year"), 0),
        _of_year("last_year", _("Last year"), -1),
        _of_year("next_year", _("Next year"), 1),
        View("all", pgettext_lazy("balances", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("person", _("Person"), ("person__name", "year"), lambda row: row.person.name),
        Column("type_code", _("Code of the type"), value=lambda row: row.type.code, sheet_only=True),
        Column("type", _("Type"), ("type__name", "person__name"), lambda row: row.type.name),
        Column("year", _("Year"), ("year", "person__name"), lambda row: row.year),
        Column("granted", _("Granted"), ("granted",), lambda row: row.granted / 60, css="num"),
        Column("carried", _("Carried over"), ("carried",), lambda row: row.carried / 60, css="num"),
        Column("used", _("Taken or held"), ("used",), lambda row: row.used / 60, css="num"),
        Column("left", _("Left, hours"), ("left",), lambda row: row.left / 60, css="num"),
    )
    order = "person"
    filters = BalanceFilter
    words = _("Name or work number")
    row = "shifts/_balance_row.html"
    empty_title = _("No balance here")
    empty_text = _("Balances are made from the types of leave, once a year and for everybody new.")

    def rows(self, person: Any) -> QuerySet[LeaveEntry]:
        """Return the balances that the person sees, each as its yearly grant with the sums of the ledger."""
        return LeaveEntry.objects.visible_to(person).balances().select_related("person", "type")


class LedgerList(DataList):
    """Every movement of a balance."""

    name = "leave_ledger"
    title = _("Movements of leave balances")
    url = "shifts:ledger"
    columns = (
        Column("at", _("When"), ("at",), lambda row: row.at),
        Column("work_number", _("Work number"), value=lambda row: row.person.work_number, sheet_only=True),
        Column("person", _("Person"), ("person__name", "at"), lambda row: row.person.name),
        Column("type", _("Type"), value=lambda row: row.type.name),
        Column("year", _("Year"), ("year", "at"), lambda row: row.year),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display()),
        Column("note", _("Note"), value=lambda row: row.note or (str(row.leave) if row.leave else "")),
        Column("by", _("By"), value=lambda row: row.by and row.by.name, sheet_only=True),
        Column("hours", _("Hours"), ("minutes",), lambda row: row.minutes / 60, css="num"),
    )
    order = "-at"
    filters = LedgerFilter
    words = _("Name or work number")
    row = "shifts/_ledger_row.html"
    empty_title = _("No movement here")
    empty_text = _("Grants, requests and corrections stand here, each with what it moved.")

    def rows(self, person: Any) -> QuerySet[LeaveEntry]:
        """Return the movements that the person sees; a yearly run that moved nothing is none."""
        moved = LeaveEntry.objects.visible_to(person).exclude(minutes=0)
        return moved.select_related("person", "type", "leave", "by")
