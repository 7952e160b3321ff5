"""How attendance and corrections are narrowed."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from agents.models import Membership, Team
from callcenter.lists.filters import Instant, Words
from shifts.enums import AgentState, Attended, CorrectionState


class DayFilter(django_filters.DateFilter):
    """A local day; `expr` says how the row's day is compared with it."""

    def __init__(self, label: Any, expr: str, field_name: str = "day") -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(field_name=field_name, lookup_expr=expr, label=label, widget=picker)


class OfPeopleFilter(django_filters.FilterSet):
    """Words, site, the team of the day, the person. `day` names the field of the row's day."""

    day = "day"

    q = Words("person__name", starts=("person__work_number",))
    site = site_filter("person__site")
    team = TeamFilter(method="of_team")
    person = PersonFilter(label=_("Person"))

    def of_team(self, rows: QuerySet[Any], name: str, value: Team) -> QuerySet[Any]:
        """Keep the rows of who was in the team on the row's day."""
        members = Membership.objects.filter(
            team=value, person=OuterRef("person"), period__contains=OuterRef(self.day)
        )
        return rows.filter(Exists(members))


class AttendanceFilter(OfPeopleFilter):
    """Also how it went, and days (both included)."""

    result = django_filters.ChoiceFilter(
        label=pgettext_lazy("attendance", "Result"), choices=Attended.choices, empty_label=ANY
    )
    day_from = DayFilter(_("From day"), "gte")
    day_until = DayFilter(_("Until day"), "lte")


class CorrectionFilter(OfPeopleFilter):
    """Also the state, and days of the shift (both included)."""

    day = "shift__day"

    state = django_filters.ChoiceFilter(label=_("State"), choices=CorrectionState.choices, empty_label=ANY)
    day_from = DayFilter(_("From day"), "gte", "shift__day")
    day_until = DayFilter(_("Until day"), "lte", "shift__day")


class StateFilter(django_filters.FilterSet):
    """Whose, which state, of which source, and which touch the time from one instant until another."""

    person = PersonFilter(label=_("Person"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=AgentState.choices, empty_label=ANY)
    source = django_filters.CharFilter(label=_("Source"))
    since = Instant(label=_("From"), method="touching")
    until = Instant("period__startswith", "lt", label=_("Until"))

    def touching(self, rows: QuerySet[Any], name: str, value: datetime) -> QuerySet[Any]:
        """Keep what goes on after the instant, without an end too."""
        return rows.filter(Q(period__endswith__gt=value) | Q(period__upper_inf=True))
