"""One shift on the board."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField, WorkNumberField
from agents.models import Skill, User
from shifts.models import Pattern, Roster, Shift

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ShiftForm(forms.Form):
    """Whose shift, by which pattern, or at which own times, for which skill."""

    person = WorkNumberField(label=_("Person"), required=False)
    day = DayField(label=_("Day"))
    pattern = forms.ModelChoiceField(Pattern.objects.none(), label=_("Pattern"), required=False)
    begins = forms.TimeField(
        label=_("Begins"), required=False, widget=CLOCK, help_text=_("Empty: as the pattern says.")
    )
    ends = forms.TimeField(
        label=_("Ends"), required=False, widget=CLOCK, help_text=_("Earlier than the begin: on the next day.")
    )
    skill = forms.ModelChoiceField(Skill.objects.filter(is_active=True), label=_("Skill"), required=False)
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

    def __init__(self, *args: Any, roster: Roster, shift: Shift | None = None, **kwargs: Any) -> None:
        self.roster, self.shift = roster, shift
        self.zone = ZoneInfo(roster.site.calendar.time_zone)
        if shift is not None:
            kwargs["initial"] = self._as_it_is(shift)
        super().__init__(*args, **kwargs)
        self.fields["person"].help_text = _("Work number; empty leaves the shift open.")
        patterns: Any = self.fields["pattern"]
        patterns.queryset = Pattern.objects.filter(site=roster.site_id, is_active=True)
        if shift is None:
            del self.fields["note"]
        else:
            del self.fields["day"]

    def _as_it_is(self, shift: Shift) -> dict[str, Any]:
        begin, end = shift.starts_at.astimezone(self.zone), shift.ends_at.astimezone(self.zone)
        pattern = shift.pattern
        usual = pattern and begin.time() == pattern.begins
        usual = usual and shift.ends_at - shift.starts_at == timedelta(minutes=pattern.minutes)  # type: ignore[union-attr]
        return {
            "person": shift.person.work_number if shift.person else "",
            "pattern": shift.pattern_id,
            "begins": "" if usual else begin.time(),
            "ends": "" if usual else end.time(),
            "skill": shift.skill_id,
            "note": shift.note,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a begin without an end, and neither pattern nor times."""
        typed: dict[str, Any] = super().clean() or {}
        begins, ends = typed.get("begins"), typed.get("ends")
        if bool(begins) != bool(ends):
            self.add_error("ends" if begins else "begins", _("Give both begin and end, or neither."))
        elif not begins and not typed.get("pattern") and "pattern" not in self.errors:
            self.add_error("pattern", _("Choose a pattern, or give begin and end."))
        return typed

    def given(self) -> dict[str, Any]:
        """Return what putting it in is given."""
        typed = self.cleaned_data
        day: date = typed.get("day") or self.shift.day  # type: ignore[union-attr]
        person: User | None = typed["person"]
        return {
            "person": person,
            "day": day,
            "pattern": typed["pattern"],
            "skill": typed["skill"],
            **self._times(day),
        }

    def changed(self) -> dict[str, Any]:
        """Return what changing it is given."""
        given = {**self.given(), "note": self.cleaned_data["note"]}
        del given["day"]
        return given

    def _times(self, day: date) -> dict[str, datetime]:
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        if not begins:
            return {}
        return {"starts_at": self._at(day, begins), "ends_at": self._at(day, ends, after=begins)}

    def _at(self, day: date, clock: time, *, after: time | None = None) -> datetime:
        later = after is not None and clock <= after
        return datetime.combine(day + timedelta(days=later), clock, self.zone)
