"""How leave and its balances are narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from agents.models import Membership, Team
from callcenter.lists.filters import FromDay, UntilDay, Words
from shifts.enums import EntryKind, LeaveState
from shifts.models import LeaveType


class LeaveTypeFilter(django_filters.ModelChoiceFilter):
    """The filter `type`, by the type's code."""

    def __init__(self) -> None:
        types = LeaveType.objects.all()
        super().__init__(label=_("Type"), queryset=types, to_field_name="code", empty_label=ANY)


class _OfPeople(django_filters.FilterSet):
    """Rows of a person: words of name and number, place, person, type. Teams are those of today."""

    q = Words("person__name", starts=("person__work_number",))
    site = site_filter("person__site")
    team = TeamFilter(method="in_team")
    person = PersonFilter(label=_("Person"))
    type = LeaveTypeFilter()

    def in_team(self, rows: QuerySet[Any], name: str, value: Team) -> QuerySet[Any]:
        """Keep the rows of who is in the team today."""
        members = Membership.objects.on(self.request.user.today).filter(team=value)
        return rows.filter(person__in=members.values("person"))


class LeaveFilter(_OfPeople):
    """Leave by step, and by local days on which some of it lies (both included)."""

    step = django_filters.ChoiceFilter(
        label=_("Step"), field_name="state", choices=LeaveState.choices, empty_label=ANY
    )
    day_from = FromDay("ends_at", _("On leave from"))
    day_until = UntilDay("starts_at", _("On leave until"))


class BalanceFilter(_OfPeople):
    """Balances by year."""

    year = django_filters.NumberFilter(label=_("Year"), min_value=1970, max_value=2199)


class LedgerFilter(BalanceFilter):
    """Movements by what moved them, and the local days of it (both included)."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EntryKind.choices, empty_label=ANY)
    at_from = FromDay("at", _("Moved from"))
    at_until = UntilDay("at", _("Moved until"))
