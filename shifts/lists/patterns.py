"""The list of patterns."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.filters import site_filter
from callcenter.lists.filters import Words
from callcenter.lists.spec import Column, DataList, View
from shifts.models import Pattern
from shifts.querysets.scope import of_sites


class PatternFilter(django_filters.FilterSet):
    """Site, and the words of code and name."""

    q = Words("name", starts=("code",))
    site = site_filter()


class PatternList(DataList):
    """The patterns of the sites that somebody works with."""

    name = "shift_patterns"
    title = _("Shift patterns")
    url = "shifts:patterns"
    permission = "shifts.view_rosters"
    views = (
        View("used", _("In use"), lambda rows, _person, _now: rows.filter(is_active=True)),
        View("all", pgettext_lazy("patterns", "All"), lambda rows, _person, _now: rows),
    )
    columns = (
        Column("code", _("Code"), ("code", "site__name"), lambda row: row.code),
        Column("name", _("Name"), ("name",), lambda row: row.name),
        Column("site", _("Site"), ("site__name", "begins"), lambda row: str(row.site)),
        Column("begins", _("Begins"), ("begins", "code"), lambda row: f"{row.begins:%H:%M}"),
        Column("minutes", _("Minutes"), ("minutes",), lambda row: row.minutes, css="num"),
        Column(
            "breaks",
            _("Breaks, minutes"),
            value=lambda row: ", ".join(str(one.minutes) for one in row.breaks.all()),
        ),
        Column("act", _("Action")),
    )
    order = "begins"
    filters = PatternFilter
    words = _("Code or name")
    row = "shifts/_pattern_row.html"
    empty_title = _("No pattern here")
    empty_text = _("A pattern is a shift as it recurs: when it begins, how long it is, and its breaks.")

    def rows(self, person: Any) -> QuerySet[Pattern]:
        """Return the patterns that the person sees."""
        rows: QuerySet[Pattern] = Pattern.objects.filter(of_sites(person, "site"))
        return rows.select_related("site").prefetch_related("breaks")
