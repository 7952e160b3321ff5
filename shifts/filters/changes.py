"""How changes, open shifts and wishes are narrowed."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from agents.models import Membership, Skill, Team
from callcenter.lists.filters import FromDay, UntilDay, Words
from shifts.enums import ChangeKind, ChangeState, WishKind, WishState


class ChangeFilter(django_filters.FilterSet):
    """Words of either person's name or number, place, kind, step, and local days of the shift (both included)."""

    q = Words(
        "person__name",
        "colleague__name",
        starts=("person__work_number", "colleague__work_number"),
    )
    site = site_filter("shift__roster__site")
    team = TeamFilter(method="in_team")
    person = PersonFilter(label=_("Person"), method="with_part_of", max_length=80)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ChangeKind.choices, empty_label=ANY)
    step = django_filters.ChoiceFilter(
        label=_("Step"), field_name="state", choices=ChangeState.choices, empty_label=ANY
    )
    day_from = FromDay("starts_at", _("Shift from"))
    day_until = UntilDay("starts_at", _("Shift until"))

    def in_team(self, rows: QuerySet[Any], name: str, value: Team) -> QuerySet[Any]:
        """Keep the changes of which one of the two is in the team today."""
        members = Membership.objects.on(self.request.user.today).filter(team=value).values("person")
        return rows.filter(Q(person__in=members) | Q(colleague__in=members))

    def with_part_of(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep the changes of which the person is one of the two."""
        return rows.filter(Q(person=value) | Q(colleague=value))


class OpenShiftFilter(django_filters.FilterSet):
    """Skill, and local days of the shift (both included)."""

    skill = django_filters.ModelChoiceFilter(
        label=_("Skill"), queryset=Skill.objects.all(), to_field_name="code", empty_label=ANY
    )
    day_from = FromDay("starts_at", _("Shift from"))
    day_until = UntilDay("starts_at", _("Shift until"))


class WishFilter(django_filters.FilterSet):
    """Words of name or number, place, kind and step."""

    q = Words("person__name", starts=("person__work_number",))
    site = site_filter("person__site")
    team = TeamFilter(method="in_team")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=WishKind.choices, empty_label=ANY)
    step = django_filters.ChoiceFilter(
        label=_("Step"), field_name="state", choices=WishState.choices, empty_label=ANY
    )

    def in_team(self, rows: QuerySet[Any], name: str, value: Team) -> QuerySet[Any]:
        """Keep the wishes of who is in the team today."""
        members = Membership.objects.on(self.request.user.today).filter(team=value)
        return rows.filter(person__in=members.values("person"))
