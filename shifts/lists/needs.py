"""The lists of demand, of requirements, and of peak periods."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.lists.spec import Column, DataList, View
from shifts.filters.needs import DemandFilter, PeakFilter, RequirementFilter
from shifts.models import Demand, Peak, Requirement
from shifts.querysets.scope import of_sites
from shifts.selectors.demand import zone_of


def _give_local_times(rows: list[Any], site_of: Any) -> None:
    for row in rows:
        row.local = row.starts_at.astimezone(zone_of(site_of(row)))


class DemandList(DataList):
    """Calls expected, half hour by half hour; an export comes in again as a file of expected calls."""

    name = "demand"
    title = _("Expected calls")
    url = "shifts:demand_list"
    permission = "shifts.view_rosters"
    views = (
        View(
            "coming",
            pgettext_lazy("demand", "Coming"),
            lambda rows, _person, now: rows.filter(starts_at__gte=now),
        ),
        View("all", pgettext_lazy("demand", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("queue", _("Queue"), ("queue__name", "starts_at"), lambda row: row.queue.code),
        Column("site", _("Site"), value=lambda row: row.queue.site.code, sheet_only=True),
        Column("day", _("Day"), ("starts_at",), lambda row: row.local.date()),
        Column("time", _("Time"), value=lambda row: row.local.time()),
        Column("calls", _("Calls"), ("calls", "starts_at"), lambda row: row.calls, css="num"),
        Column("handle_seconds", _("Handle time, seconds"), value=lambda row: row.handle_seconds, css="num"),
        Column("origin", _("Origin"), value=lambda row: row.get_origin_display()),
    )
    order = "day"
    filters = DemandFilter
    row = "shifts/_demand_row.html"
    empty_title = _("Nothing is expected here")
    empty_text = _("Enter what is expected by week, bring in a file, or let it be forecast from calls.")

    def rows(self, person: Any) -> QuerySet[Demand]:
        """Return the demand of the sites whose rosters the person works with."""
        found: QuerySet[Demand] = Demand.objects.filter(of_sites(person, "queue__site"))
        return found.select_related("queue__site__calendar")

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give each its time at the site."""
        _give_local_times(rows, lambda row: row.queue.site)


class RequirementList(DataList):
    """Heads required, half hour by half hour; an export comes in again as a file of requirements."""

    name = "requirements"
    title = _("Heads required")
    url = "shifts:requirement_list"
    permission = "shifts.view_rosters"
    views = (
        View(
            "coming",
            pgettext_lazy("requirements", "Coming"),
            lambda rows, _person, now: rows.filter(starts_at__gte=now),
        ),
        View("all", pgettext_lazy("requirements", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("site", _("Site"), ("site__name", "starts_at"), lambda row: row.site.code),
        Column("skill", _("Skill"), value=lambda row: row.skill.code if row.skill else ""),
        Column("day", _("Day"), ("starts_at",), lambda row: row.local.date()),
        Column("time", _("Time"), value=lambda row: row.local.time()),
        Column("heads", _("Heads"), ("heads", "starts_at"), lambda row: row.heads, css="num"),
        Column("origin", _("Origin"), value=lambda row: row.get_origin_display()),
    )
    order = "day"
    filters = RequirementFilter
    row = "shifts/_requirement_row.html"
    empty_title = _("Nobody is required here")
    empty_text = _("Enter heads by week, bring in a file, or compute them from expected calls.")

    def rows(self, person: Any) -> QuerySet[Requirement]:
        """Return the requirements of the sites whose rosters the person works with."""
        found: QuerySet[Requirement] = Requirement.objects.filter(of_sites(person, "site"))
        return found.select_related("site__calendar", "skill")

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give each its time at the site."""
        _give_local_times(rows, lambda row: row.site)


class PeakList(DataList):
    """Peak periods."""

    name = "peaks"
    title = _("Peak periods")
    url = "shifts:peaks"
    permission = "shifts.view_rosters"
    views = (
        View(
            "coming",
            _("Now and to come"),
            lambda rows, person, _now: rows.filter(period__endswith__gt=person.today),
        ),
        View("all", pgettext_lazy("peak periods", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("name", _("Name"), ("name", "period"), lambda row: row.name),
        Column("site", _("Site"), ("site__name", "period"), lambda row: row.site.name),
        Column("first", _("First day"), ("period",), lambda row: row.period.lower),
        Column("last", _("Last day"), value=lambda row: row.last_day),
        Column("lunch", _("Heads over lunch"), value=lambda row: row.lunch_heads, css="num"),
        Column("weekend", _("Heads on weekend days"), value=lambda row: row.weekend_heads, css="num"),
    )
    order = "first"
    filters = PeakFilter
    words = _("Name")
    row = "shifts/_peak_row.html"
    empty_title = _("No peak period here")
    empty_text = _(
        "In a peak period leave is blocked, weekend days are staffed, and more stay on over lunch."
    )

    def rows(self, person: Any) -> QuerySet[Peak]:
        """Return the peak periods of the sites whose rosters the person works with, and of the own site."""
        seen: QuerySet[Peak] = Peak.objects.filter(of_sites(person, "site"))
        return seen.select_related("site__calendar")

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Say of each whether it can still be changed."""
        today = timezone.localdate(now)
        for row in rows:
            row.is_over = row.period.upper <= today
