"""What people type about leave: shape only, no rules."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import EARLIEST, LATEST, WorkNumberField
from shifts.models import LeaveType

MIDNIGHT = "24:00"
HALF_HOURS = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 24 * 60, 30)]


class HalfHourInput(forms.MultiWidget):
    """A day, and a half hour of it to choose."""

    template_name = "shifts/_half_hour.html"

    def __init__(self, *, begins: bool) -> None:
        self.begins = begins
        times = HALF_HOURS if begins else [*HALF_HOURS[1:], MIDNIGHT]
        day = forms.DateInput(attrs={"type": "date", "aria-label": _("Day")}, format="%Y-%m-%d")
        choices = [(at, at) for at in times]
        super().__init__([day, forms.Select(attrs={"aria-label": _("Time of day")}, choices=choices)])

    def decompress(self, value: datetime | None) -> list[Any]:
        """Return day and time of an instant in the reader's zone; an end at midnight is 24:00 of the day before."""
        if value is None:
            return [None, None]
        local = timezone.localtime(value)
        if not self.begins and local.time() == time():
            return [local.date() - timedelta(days=1), MIDNIGHT]
        return [local.date(), f"{local:%H:%M}"]


class HalfHourField(forms.MultiValueField):
    """An instant on a half hour in the reader's time zone; the end of something may be 24:00."""

    def __init__(self, *, begins: bool, **kwargs: Any) -> None:
        days = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        widget = HalfHourInput(begins=begins)
        times = forms.ChoiceField(choices=widget.widgets[1].choices)
        super().__init__([forms.DateField(validators=days), times], widget=widget, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Return the instant."""
        if not data_list:
            return None
        day, at = data_list
        if at == MIDNIGHT:
            day, at = day + timedelta(days=1), "00:00"
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))


class LeaveForm(forms.Form):
    """A request."""

    type = forms.ModelChoiceField(
        LeaveType.objects.filter(is_active=True), label=_("Type of leave"), empty_label=None
    )
    starts_at = HalfHourField(label=_("From"), begins=True)
    ends_at = HalfHourField(label=_("Until"), begins=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a peak period it is needed; whoever decides reads it."),
    )


class ApprovalForm(forms.Form):
    """What is said with an approval."""

    decision = forms.CharField(label=_("Note"), max_length=300, required=False)


class OverrideForm(ApprovalForm):
    """An approval in a peak period."""

    override_reason = forms.CharField(
        label=_("Why an exception in the peak period"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays on record."),
    )
    field_order = ("override_reason", "decision")


class RefusalForm(forms.Form):
    """Why leave is refused."""

    decision = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ConfirmForm(forms.Form):
    """Nothing to type."""


class HoursField(forms.DecimalField):
    """Hours, in minutes once they are read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> int | None:
        """Return whole minutes."""
        hours = super().clean(value)
        return None if hours is None else round(hours * 60)

    def prepare_value(self, value: Any) -> Any:
        """Show minutes as hours, and what was typed as it was typed."""
        return f"{value / 60:g}" if isinstance(value, int) else value


class CorrectionForm(forms.Form):
    """A correction of a balance."""

    person = WorkNumberField(label=_("Person"))
    type = forms.ModelChoiceField(
        LeaveType.objects.filter(is_limited=True), label=_("Type of leave"), empty_label=None
    )
    year = forms.IntegerField(label=_("Year"), min_value=EARLIEST.year, max_value=LATEST.year)
    minutes = HoursField(label=_("Hours"), help_text=_("With a minus they are taken away."))
    note = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = date.today().year  # noqa: DTZ011 (a suggestion)


class LeaveTypeForm(forms.Form):
    """A type of leave."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("Files and programs know it by this."))
    name = forms.CharField(label=_("Name"), max_length=80)
    is_limited = forms.BooleanField(label=_("Taken from a yearly balance"), required=False, initial=True)
    yearly_minutes = HoursField(
        label=_("Hours a year"),
        min_value=0,
        max_value=8784,
        initial=0,
        help_text=_(
            "At 40 hours a week; a contract of fewer hours gets its part. It holds for grants to come."
        ),
    )
    carry_minutes = HoursField(label=_("Hours carried over at most"), min_value=0, max_value=8784, initial=0)
    carry_until_month = forms.IntegerField(
        label=_("Carried over until the end of month"), min_value=1, max_value=12, initial=3
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
