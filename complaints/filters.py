"""How complaints are narrowed, on their list and over REST."""

import re
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from callcenter.lists.filters import FromDay, FullText, UntilDay
from complaints.enums import Channel, Status, Tier
from complaints.models import Cause, Wording

LATE, IN_TIME = "late", "in_time"
REFERENCE = re.compile(r"[A-Za-z]-\d{1,4}(-\d*)?")
"""How a reference may begin."""


class _CauseField(ModelChoiceField):
    def label_from_instance(self, obj: Cause) -> str:
        return f"{obj.parent} · {obj}" if obj.parent else str(obj)


class CauseFilter(django_filters.ModelChoiceFilter):
    """The filter `cause`, by the cause's code; one that has others below it stands for these too."""

    field_class = _CauseField

    def __init__(self) -> None:
        causes = Cause.objects.select_related("parent")
        super().__init__(label=_("Cause"), queryset=causes, to_field_name="code", empty_label=ANY)

    def filter(self, qs: QuerySet[Any], value: Cause | None) -> QuerySet[Any]:
        """Keep what has the cause, or one up to two steps below it."""
        if not value:
            return qs
        return qs.filter(Q(cause=value) | Q(cause__parent=value) | Q(cause__parent__parent=value))


class BreachFilter(django_filters.ChoiceFilter):
    """The filter `breach`: whether the deadline was, or is being, missed."""

    def __init__(self) -> None:
        choices = [(LATE, _("Past the deadline")), (IN_TIME, _("Within the deadline"))]
        super().__init__(label=_("Deadline"), choices=choices, empty_label=ANY)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Keep what was resolved too late or runs past its deadline, or the others."""
        if not value:
            return qs
        late = Q(resolved_at__gt=F("due_at")) | Q(resolved_at=None, due_at__lte=timezone.now())
        return qs.filter(late if value == LATE else ~late)


class ComplaintFilter(django_filters.FilterSet):
    """Words, place, tier, step, channel, people, cause, deadline, and local days of receipt and due date (both included)."""

    q = FullText(Wording, number="reference", numbered=REFERENCE)
    site = site_filter()
    team = TeamFilter()
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices, empty_label=ANY)
    step = django_filters.ChoiceFilter("status", label=_("Step"), choices=Status.choices, empty_label=ANY)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=ANY)
    handler = PersonFilter(label=_("Handler"), max_length=80)
    answers = PersonFilter("responsible", label=_("Answers now"), max_length=80)
    cause = CauseFilter()
    breach = BreachFilter()
    due_from = FromDay("due_at", _("Due from"))
    due_until = UntilDay("due_at", _("Due until"))
    received_from = FromDay("received_at", _("Received from"))
    received_until = UntilDay("received_at", _("Received until"))


class AnalysisFilter(django_filters.FilterSet):
    """What an analysis is about: local days of receipt (both included), place, tier, channel, cause."""

    received_from = FromDay("received_at", _("From"))
    received_until = UntilDay("received_at", _("Until"))
    site = site_filter()
    team = TeamFilter()
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices, empty_label=ANY)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=ANY)
    cause = CauseFilter()
