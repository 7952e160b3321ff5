"""How assessments, scorecards, trials, ratings, interviews and aims are narrowed."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.filters import ANY, OfPersonFilter, PersonFilter, TeamFilter, site_filter
from callcenter.lists.filters import Words
from kpi import months
from kpi.enums.schemes import (
    AimKind,
    AimState,
    AppealState,
    AssessmentState,
    InterviewState,
)
from kpi.filters.targets import metric_choices
from kpi.forms.schemes import ROLES, MonthField
from kpi.models import Assessment, Checklist, Trial


class _Month(MonthField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=None, **kwargs)


class MonthFilter(django_filters.Filter):
    """The rows of a month, as 2026-10."""

    field_class = _Month

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name, label=_("Month"))

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        """Keep them."""
        return qs.filter(**{self.field_name: months.first_of(value)}) if value else qs


def _choice(label: Any, choices: Any, field_name: str | None = None) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field_name=field_name, label=label, choices=choices, empty_label=ANY)


def _number(label: Any, model: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=label, queryset=model.objects.all(), widget=forms.NumberInput, empty_label=None
    )


class AssessmentFilter(django_filters.FilterSet):
    """Month, role, site, step."""

    month = MonthFilter("month")
    role = _choice(_("Role"), ROLES)
    site = site_filter()
    step = _choice(_("Step"), AssessmentState.choices, "state")


class ScorecardFilter(django_filters.FilterSet):
    """Words, month, role, place, grade, step, appeal, and the assessment's number."""

    q = Words("person__name", starts=("person__work_number",))
    month = MonthFilter("assessment__month")
    role = _choice(_("Role"), ROLES, "assessment__role")
    site = site_filter("assessment__site")
    team = TeamFilter()
    person = PersonFilter(label=_("Person"), max_length=80)
    grade = django_filters.CharFilter(label=pgettext_lazy("assessment", "Grade"), max_length=20)
    step = _choice(_("Step"), AssessmentState.choices, "assessment__state")
    appeal = _choice(_("Appeal"), AppealState.choices, "appeal__state")
    assessment = _number(_("Assessment"), Assessment)


class TrialRowFilter(django_filters.FilterSet):
    """Words, the trial's number, team, grades."""

    q = Words("person__name", starts=("person__work_number",))
    trial = _number(_("Trial"), Trial)
    site = site_filter("person__site")
    team = TeamFilter()
    now_grade = django_filters.CharFilter(label=_("Grade now"), max_length=20)
    draft_grade = django_filters.CharFilter(label=_("Grade in the trial"), max_length=20)


class RatingFilter(OfPersonFilter):
    """Also month, checklist, and who rated."""

    month = MonthFilter("month")
    checklist = django_filters.ModelChoiceFilter(
        label=_("Checklist"), queryset=Checklist.objects.all(), empty_label=ANY
    )
    rater = PersonFilter(label=_("Rater"), max_length=80)


class InterviewFilter(OfPersonFilter):
    """Also the step, and who holds it."""

    step = _choice(_("Step"), InterviewState.choices, "state")
    lead = PersonFilter(label=_("Held by"), max_length=80)


class AimFilter(OfPersonFilter):
    """Also kind, figure and step."""

    kind = _choice(_("Kind"), AimKind.choices)
    metric = django_filters.ChoiceFilter(label=_("Figure"), choices=metric_choices, empty_label=ANY)
    step = _choice(_("Step"), AimState.choices, "state")
