"""What administrators type about calendars and policies: shape only, no rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError
from callcenter.ops import hours
from callcenter.ops.calendars import BUILT_IN
from callcenter.worktime import parsing
from callcenter.worktime.clock import FIRST_YEAR, LAST_YEAR
from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, Policy

# How an amount is typed: what it counts, and how much of it one is.
UNITS = {
    "days": (Mode.WORKING_DAYS, 1),
    "hours": (Mode.WORKING_SECONDS, 3600),
    "minutes": (Mode.WORKING_SECONDS, 60),
    "seconds": (Mode.WORKING_SECONDS, 1),
}
MOST = 2**31 - 1  # what the column holds


class CodeField(forms.SlugField):
    """The lasting name of a calendar or a policy in addresses, files and REST."""

    def __init__(self) -> None:
        words = _("Letters, digits, “-” and “_”; it stays for good.")
        super().__init__(label=_("Code"), max_length=40, help_text=words)

    def clean(self, value: Any) -> str:
        """Refuse the one word that the addresses need themselves."""
        code: str = super().clean(value)
        if code == "new":
            raise ValidationError(_("“new” cannot be a code."))
        return code


class HoursField(forms.CharField):
    """The hours of one day; empty is closed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> hours.Hours:
        """Return the pieces as calendars keep them."""
        try:
            return hours.read(super().clean(value))
        except DomainError as refusal:
            raise ValidationError(f"{refusal.message} {refusal.mend}".strip()) from refusal


class TimeZoneField(forms.CharField):
    """A time zone by its IANA name."""

    def clean(self, value: Any) -> str:
        """Refuse a name that there is not."""
        name: str = super().clean(value)
        try:
            parsing.zone(name)
        except DomainError as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        return name


class WeeklyForm(forms.Form):
    """The hours of the seven weekdays."""

    mon = HoursField(label=WEEKDAYS[0], help_text=_("Like 08:30–12:00, 13:00–17:30; empty is closed."))
    tue = HoursField(label=WEEKDAYS[1])
    wed = HoursField(label=WEEKDAYS[2])
    thu = HoursField(label=WEEKDAYS[3])
    fri = HoursField(label=WEEKDAYS[4])
    sat = HoursField(label=WEEKDAYS[5])
    sun = HoursField(label=WEEKDAYS[6])

    @staticmethod
    def shown(weekly: dict[str, hours.Hours]) -> dict[str, str]:
        """Return a calendar's hours as the form shows them."""
        return {key: text for key, _name, text in hours.by_day(weekly)}

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        week = {key: self.cleaned_data[key] for key in parsing.WEEKDAYS}
        return {"weekly": {key: pieces for key, pieces in week.items() if pieces}}


class NewCalendarForm(WeeklyForm):
    """A new calendar."""

    code = CodeField()
    name = forms.CharField(label=_("Name"), max_length=120)
    parent = forms.ModelChoiceField(
        Calendar.objects.filter(parent=None).exclude(code=BUILT_IN),
        label=_("Company calendar"),
        required=False,
        empty_label=_("none"),
        help_text=_("Its exceptions apply here too."),
    )
    base = forms.ChoiceField(label=_("Public holidays"), choices=Base, initial=Base.CHINA)
    time_zone = TimeZoneField(
        label=_("Time zone"),
        max_length=64,
        initial="Asia/Shanghai",
        help_text=_("Name of a time zone, like Asia/Shanghai."),
    )
    field_order = ("code", "name", "parent", "base", "time_zone")

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        parent = self.cleaned_data["parent"]
        facts = {key: self.cleaned_data[key] for key in ("code", "name", "base", "time_zone")}
        return {**super().given, **facts, "parent_id": parent.pk if parent else None}


class DayForm(forms.Form):
    """The exception of one date."""

    day = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[
            MinValueValidator(date(FIRST_YEAR, 1, 1)),
            MaxValueValidator(date(LAST_YEAR, 12, 31)),
        ],
    )
    kind = forms.ChoiceField(label=_("What is different"), choices=DayKind)
    hours = HoursField(label=_("Hours"), help_text=_("Like 09:00–12:00; a holiday has none."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PolicyForm(forms.Form):
    """What a policy counts."""

    name = forms.CharField(label=_("Name"), max_length=120)
    amount = forms.IntegerField(
        label=_("Amount"), min_value=0, help_text=_("0 working days is the close of the same day.")
    )
    unit = forms.ChoiceField(
        label=_("Counts"),
        choices=[
            ("days", _("working days")),
            ("hours", _("hours of business time")),
            ("minutes", _("minutes of business time")),
            ("seconds", _("seconds of business time")),
        ],
    )
    calendar = forms.ModelChoiceField(
        Calendar.objects.all(),
        label=_("Calendar"),
        required=False,
        empty_label=_("that of the site concerned"),
    )

    @staticmethod
    def shown(policy: Policy) -> dict[str, Any]:
        """Return a policy as the form shows it, in the largest unit that fits."""
        fitting = (
            (unit, size)
            for unit, (mode, size) in UNITS.items()
            if mode == policy.mode and not policy.amount % size
        )
        unit, size = next(fitting)
        amount = policy.amount // size
        return {"name": policy.name, "amount": amount, "unit": unit, "calendar": policy.calendar_id}

    def clean(self) -> dict[str, Any]:
        """Refuse an amount beyond all use."""
        size = UNITS[self.cleaned_data["unit"]][1] if "unit" in self.cleaned_data else 1
        if self.cleaned_data.get("amount", 0) * size > MOST:
            self.add_error("amount", _("This is more than a calendar holds."))
        return self.cleaned_data

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        mode, size = UNITS[self.cleaned_data["unit"]]
        calendar = self.cleaned_data["calendar"]
        return {
            "name": self.cleaned_data["name"],
            "mode": mode,
            "amount": self.cleaned_data["amount"] * size,
            "calendar_id": calendar.pk if calendar else None,
        }


class NewPolicyForm(PolicyForm):
    """A new policy."""

    code = CodeField()
    field_order = ("code",)

    def clean_code(self) -> str:
        """Refuse that of another policy, which would be changed instead."""
        code: str = self.cleaned_data["code"]
        if Policy.objects.filter(code=code).exists():
            raise ValidationError(_("There is a policy with this code already."))
        return code

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return {**super().given, "code": self.cleaned_data["code"]}
