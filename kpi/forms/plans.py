"""What people type about checklists, interviews and aims: shape only, no rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField, WorkNumberField
from kpi.facts import AimFacts
from kpi.filters.targets import metric_choices
from kpi.forms.schemes import MonthField, scale
from kpi.metrics import REGISTRY
from kpi.models import Checklist
from kpi.selectors.assessing import can_score

MARKS = {"yes": True, "no": False, "none": None}


class ChecklistForm(forms.Form):
    """A checklist; one point in a line."""

    name = forms.CharField(label=_("Name"), max_length=80)
    text = forms.CharField(
        label=_("What it is for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    points = forms.CharField(
        label=_("Points"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One in a line, each something that is seen or not: “Says the name”."),
    )

    def clean_points(self) -> list[str]:
        """Return the lines."""
        lines = [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):  # noqa: PLR2004 (the column's width)
            raise forms.ValidationError(_("A point has at most 200 characters."))
        return lines


class RatingForm(forms.Form):
    """What a rater saw of somebody: yes, no, or did not apply, for each point."""

    person = WorkNumberField(label=_("Person"))
    month = MonthField(label=_("Month"))

    def __init__(self, *args: Any, checklist: Checklist, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("yes", _("Yes")), ("no", _("No")), ("none", _("Did not apply"))]
        for point in checklist.points.all():
            self.fields[f"point{point.position}"] = forms.ChoiceField(
                label=point.text, choices=choices, widget=forms.RadioSelect
            )
        self.fields["note"] = forms.CharField(
            label=_("What was seen"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def marks(self) -> list[bool | None]:
        """Return the marks in the order of the points."""
        return [MARKS[value] for name, value in self.cleaned_data.items() if name.startswith("point")]


class InterviewForm(forms.Form):
    """A talk that is planned."""

    person = WorkNumberField(label=_("Person"))
    planned_for = DayField(label=_("Day"))
    subject = forms.CharField(label=_("About"), max_length=200)


class HeldForm(forms.Form):
    """What came of a talk."""

    held_on = DayField(label=_("Held on"))
    agreed = forms.CharField(
        label=_("What was agreed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AimForm(forms.Form):
    """A figure to reach; a share is typed in per cent."""

    person = WorkNumberField(label=_("Person"))
    metric = forms.ChoiceField(label=_("Figure"))
    goal = forms.FloatField(label=_("Goal"), help_text=_("Rates in per cent, lengths of time in seconds."))
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), initial=None)
    measures = forms.CharField(
        label=_("What is done for it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        metric: Any = self.fields["metric"]
        metric.choices = [(key, name) for key, name in metric_choices() if can_score(REGISTRY[key])]

    @property
    def facts(self) -> AimFacts:
        """Return what the valid form says."""
        given = {name: self.cleaned_data[name] for name in ("metric", "measures", "since", "until")}
        return AimFacts(goal=self.cleaned_data["goal"] / scale(given["metric"]), **given)


class AnswerForm(forms.Form):
    """What is said to an aim."""

    answer = forms.CharField(label=_("Note"), required=False, max_length=300)


class DeclineForm(forms.Form):
    """Why an aim is declined."""

    answer = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
