"""What people type about demand, goals, requirements and peak periods: shape only, no rules."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField
from agents.models import Skill
from shifts.bounds import LONGEST_HANDLING, MOST_CALLS, MOST_DAYS, MOST_HEADS
from shifts.week import Week


class WeekForm(forms.Form):
    """The cells of a week; `changed` holds those that were typed anew, None for one that was emptied."""

    whole = False
    least = 0
    most: Decimal | int = MOST_CALLS
    refusal = _("These are no numbers from %(least)s to %(most)s: %(cells)s. Mend or empty them.")

    def __init__(self, data: Mapping[str, Any] | None, *, week: Week) -> None:
        super().__init__(data)
        self.week = week
        self.changed: dict[datetime, Any] = {}

    def clean(self) -> dict[str, Any]:
        """Read what was typed; a cell that is no number keeps what stands in it."""
        wrong = []
        for cell in self.week.cells:
            typed = self.data.get(cell.name, cell.text).strip()
            if typed == cell.text:
                continue
            before, cell.text = cell.text, typed
            try:
                self.changed[cell.at] = self.read(typed, before)
            except ValueError:
                cell.is_wrong = True
                wrong.append(f"{cell.at:%Y-%m-%d %H:%M} “{typed[:20]}”")
        if wrong:
            facts = {"least": self.least, "most": self.most, "cells": ", ".join(wrong[:10])}
            self.add_error(None, self.refusal % facts)
        return super().clean() or {}

    def read(self, typed: str, before: str) -> Any:
        """Return what a cell means in which `before` stood; ValueError for what is no number of this kind."""
        if not typed:
            return None
        try:
            number = Decimal(typed.replace(",", "."))
        except InvalidOperation as error:
            raise ValueError(typed) from error
        if not number.is_finite() or not self.least <= number <= self.most or (self.whole and number % 1):
            raise ValueError(typed)
        return int(number) if self.whole else round(number, 2)


class CallsForm(WeekForm):
    """Calls expected in a week; what has no handle time yet gets the one that is given."""

    handle_seconds = forms.IntegerField(
        label=_("Handle time where none is known, seconds"), min_value=1, max_value=LONGEST_HANDLING
    )


class HandleForm(WeekForm):
    """Handle times of a week, in seconds; of half hours without calls they mean nothing."""

    whole = True
    least = 1
    most = LONGEST_HANDLING
    refusal = _(
        "These are no seconds from %(least)s to %(most)s of half hours with calls: %(cells)s. Put back what stood there, or enter calls first."
    )

    def read(self, typed: str, before: str) -> Any:
        """Refuse to empty a cell, and to fill an empty one."""
        if not typed or not before:
            raise ValueError(typed)
        return super().read(typed, before)


class HeadsForm(WeekForm):
    """Heads required in a week."""

    whole = True
    most = MOST_HEADS


class PercentField(forms.DecimalField):
    """A share, typed as a percentage."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=4, decimal_places=1, min_value=0, max_value=100, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """Return the share."""
        percent = super().clean(value)
        return None if percent is None else percent / 100

    def prepare_value(self, value: Any) -> Any:
        """Show a share as a percentage."""
        return f"{value * 100:.1f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else value


class GoalForm(forms.Form):
    """How well a queue is to be answered."""

    share = PercentField(label=_("Service level, %"), help_text=_("Of all calls offered."))
    within_seconds = forms.IntegerField(label=_("answered within, seconds"), min_value=0, max_value=3600)
    patience_seconds = forms.IntegerField(
        label=_("Patience, seconds"),
        min_value=1,
        max_value=3600,
        required=False,
        help_text=_(
            "How long callers wait on average before they hang up; empty: they wait for ever (Erlang C)."
        ),
    )
    shrinkage = PercentField(
        label=_("Shrinkage, %"),
        help_text=_(
            "Paid time away from the desk that is not in the roster: breaks and leave in it do not count."
        ),
    )
    occupancy = PercentField(label=_("Highest occupancy, %"))
    skill = forms.ModelChoiceField(
        Skill.objects.filter(is_active=True),
        label=_("Skill"),
        required=False,
        empty_label=_("none: everybody"),
        help_text=_("What its calls ask for."),
    )


class ComputeForm(forms.Form):
    """For which days heads are computed."""

    since = DayField(label=_("From"))
    last = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse days that are none, or too many."""
        given = super().clean() or {}
        since, last = given.get("since"), given.get("last")
        if since and last and not since <= last < since + timedelta(days=MOST_DAYS):
            self.add_error("last", _t("Choose a last day not before the first, within three months."))
        return given


class ForecastForm(forms.Form):
    """What to forecast."""

    first = DayField(label=_("First day"))
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=MOST_DAYS, initial=28)


class PeakForm(forms.Form):
    """A peak period."""

    name = forms.CharField(label=_("Name"), max_length=80)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), initial=None)
    lunch_from = forms.TimeField(
        label=_("Lunch from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    lunch_to = forms.TimeField(
        label=_("Lunch to"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    lunch_heads = forms.IntegerField(
        label=_("Heads over lunch"), min_value=0, max_value=MOST_HEADS, initial=3
    )
    weekend_heads = forms.IntegerField(
        label=_("Heads on weekend days"), min_value=0, max_value=MOST_HEADS, initial=2
    )


class TemplateForm(forms.Form):
    """The peak period of each month."""

    first_day = forms.IntegerField(label=_("From day of the month"), min_value=1, max_value=31, initial=1)
    last_day = forms.IntegerField(
        label=_("To day of the month"),
        min_value=1,
        max_value=31,
        initial=15,
        help_text=_("In shorter months, the last day there is."),
    )
    lunch_heads = forms.IntegerField(
        label=_("Heads over lunch"), min_value=0, max_value=MOST_HEADS, initial=3
    )
    weekend_heads = forms.IntegerField(
        label=_("Heads on weekend days"), min_value=0, max_value=MOST_HEADS, initial=2
    )


def days_of(form: ComputeForm) -> tuple[date, date]:
    """Return the first day, and the one after the last."""
    return form.cleaned_data["since"], form.cleaned_data["last"] + timedelta(days=1)
