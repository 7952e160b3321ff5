"""How the list of calls is narrowed."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agents.models import User
from calls.cells import FIRST_YEAR, LAST_YEAR
from calls.enums import Outcome
from calls.models import Call


def _midnight(day: date) -> datetime:
    """Return the instant at which a day of the reader's site begins."""
    return timezone.make_aware(datetime.combine(day, time()))


def _date(label: Any, method: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        method=method,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(date(FIRST_YEAR, 1, 1)), MaxValueValidator(date(LAST_YEAR, 12, 31))],
    )


class CallFilter(django_filters.FilterSet):
    """Source, agent, outcome, and local days (both included)."""

    agent = django_filters.CharFilter(label=_("Agent"), method="by_agent")
    source = django_filters.ChoiceFilter(label=_("Source"), empty_label=_("All"))
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices, empty_label=_("All"))
    since = _date(_("From"), "from_day")
    until = _date(_("To"), "to_day")

    class Meta:
        model = Call
        fields = ("agent", "source", "outcome", "since", "until")

    def __init__(self, *args: Any, sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["source"].extra["choices"] = [(name, name) for name in sources]

    def by_agent(self, calls: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Keep the calls of a work number, a person's name, or a name in the file, exactly as written."""
        people = User.objects.filter(Q(work_number=value) | Q(name=value))
        return calls.filter(Q(agent__in=people) | Q(agent_name=value))

    def from_day(self, calls: QuerySet[Call], name: str, value: date) -> QuerySet[Call]:
        """Keep the calls from the start of a day on."""
        return calls.filter(entered_at__gte=_midnight(value))

    def to_day(self, calls: QuerySet[Call], name: str, value: date) -> QuerySet[Call]:
        """Keep the calls up to the end of a day."""
        return calls.filter(entered_at__lt=_midnight(value + timedelta(days=1)))
