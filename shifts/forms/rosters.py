"""Forms of rosters, patterns, rotations and rules."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField
from agents.models import Site
from shifts.enums import BreakKind
from shifts.models import Pattern, SiteRules

WEEK = timedelta(days=7)
BREAKS = 3


class RosterForm(forms.Form):
    """Which site, and from which day to which."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    since = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
        kwargs["initial"] = {"since": monday, "last": monday + WEEK - timedelta(days=1)}
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["site"]
        choice.queryset = sites
        choice.initial = sites.first()

    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        typed = self.cleaned_data
        return {
            "site": typed["site"],
            "since": typed["since"],
            "until": typed["last"] + timedelta(days=1),
        }


class PublishForm(forms.Form):
    """The state that was looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class PatternForm(forms.Form):
    """A shift as it recurs, with up to three breaks."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    code = forms.CharField(label=_("Code"), max_length=8, help_text=_("Stands in the cells of the board."))
    name = forms.CharField(label=_("Name"), max_length=80)
    begins = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=30, max_value=16 * 60, initial=480, help_text=_("Breaks included.")
    )
    colour = forms.TypedChoiceField(
        label=_("Colour"), choices=[(number, str(number)) for number in range(1, 9)], coerce=int
    )

    def __init__(self, *args: Any, sites: Any, pattern: Pattern | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["site"]
        choice.queryset = sites
        choice.initial = sites.first()
        for number in range(1, BREAKS + 1):
            self._add_break(number)
        if pattern is not None:
            self._as_it_is(pattern)

    def _add_break(self, number: int) -> None:
        count = {"number": number}
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("Break %(number)s") % count, choices=[("", _("none")), *BreakKind.choices], required=False
        )
        self.fields[f"earliest_{number}"] = forms.IntegerField(
            label=_("Break %(number)s: earliest, minutes after the begin") % count,
            min_value=0,
            required=False,
        )
        self.fields[f"latest_{number}"] = forms.IntegerField(
            label=_("Break %(number)s: latest") % count,
            min_value=0,
            required=False,
            help_text=_("Between the two, breaks of several people are staggered."),
        )
        self.fields[f"length_{number}"] = forms.IntegerField(
            label=_("Break %(number)s: minutes") % count, min_value=5, max_value=120, required=False
        )
        self.fields[f"paid_{number}"] = forms.BooleanField(
            label=_("Break %(number)s is paid") % count, required=False
        )

    def _as_it_is(self, pattern: Pattern) -> None:
        """Only what never changes its times: name and colour."""
        for name in list(self.fields):
            if name not in {"name", "colour"}:
                del self.fields[name]
        self.fields["name"].initial, self.fields["colour"].initial = pattern.name, pattern.colour

    def clean(self) -> dict[str, Any]:
        """Refuse a break with a part missing."""
        typed: dict[str, Any] = super().clean() or {}
        for number in range(1, BREAKS + 1):
            if typed.get(f"kind_{number}"):
                for part in ("earliest", "length"):
                    if typed.get(f"{part}_{number}") is None and f"{part}_{number}" not in self.errors:
                        self.add_error(f"{part}_{number}", _("This is missing."))
        return typed

    def breaks(self) -> Iterator[dict[str, Any]]:
        """Yield the breaks as the service takes them."""
        typed = self.cleaned_data
        for number in range(1, BREAKS + 1):
            if typed.get(f"kind_{number}"):
                earliest = typed[f"earliest_{number}"]
                latest = typed[f"latest_{number}"]
                yield {
                    "kind": typed[f"kind_{number}"],
                    "earliest": earliest,
                    "latest": earliest if latest is None else latest,
                    "minutes": typed[f"length_{number}"],
                    "is_paid": typed[f"paid_{number}"],
                }

    def given(self) -> dict[str, Any]:
        """Return what making it is given."""
        names = ("site", "code", "name", "begins", "minutes", "colour")
        return {**{name: self.cleaned_data[name] for name in names}, "breaks": list(self.breaks())}


class RotationForm(forms.Form):
    """A round of days, written as codes of patterns with - for a day off."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    name = forms.CharField(label=_("Name"), max_length=80)
    days = forms.CharField(
        label=_("Days"),
        max_length=400,
        help_text=_("Codes of patterns with blanks between, - for a day off: D D D D - -"),
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["site"]
        choice.queryset = sites
        choice.initial = sites.first()

    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return {**self.cleaned_data, "days": self.cleaned_data["days"].split()}


class RulesForm(forms.ModelForm):
    """By which rules a site rosters."""

    class Meta:
        model = SiteRules
        fields = (
            "rest_minutes",
            "days_in_row",
            "weekly_minutes",
            "notice_days",
            "flexible_minutes",
            "late_minutes",
            "early_minutes",
            "absent_minutes",
        )
