"""What a board sends: one act, with what it is about."""

import json
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import Skill
from shifts.models import Pattern, Roster, Rotation

MANY = 20_000


class Numbers(forms.Field):
    """A list of whole numbers."""

    def clean(self, value: Any) -> list[int]:
        """Return them."""
        given = super().clean(value) or []
        if not isinstance(given, list) or len(given) > MANY or not all(type(one) is int for one in given):
            raise forms.ValidationError(_("Send a list of whole numbers."))
        return given


class Days(forms.Field):
    """A list of ISO dates."""

    def clean(self, value: Any) -> list[date]:
        """Return them."""
        given = super().clean(value) or []
        try:
            return [date.fromisoformat(one) for one in given]
        except (TypeError, ValueError) as wrong:
            raise forms.ValidationError(_("Send dates as 2026-11-23.")) from wrong


class Moves(forms.Field):
    """A list of [shift, person or null, ISO date, minutes later]."""

    def clean(self, value: Any) -> list[tuple[int, int | None, date, int]]:
        """Return them."""
        try:
            return [
                (int(shift), int(person) if person else None, date.fromisoformat(day), int(minutes))
                for shift, person, day, minutes in super().clean(value) or []
            ]
        except (TypeError, ValueError) as wrong:
            raise forms.ValidationError(_("Send [shift, person, day, minutes] for each move.")) from wrong


class ActForm(forms.Form):
    """An act on a roster's plan; `revision` is what the board showed."""

    revision = forms.IntegerField(min_value=0, required=False)

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pattern", "rotation"):
            if name in self.fields:
                choice: Any = self.fields[name]
                choice.queryset = choice.queryset.filter(site=roster.site_id)


class MoveForm(ActForm):
    """Shifts go elsewhere, or copies of them."""

    moves = Moves()


class PickedForm(ActForm):
    """Something about shifts."""

    shift_ids = Numbers()


class LockForm(PickedForm):
    """Shifts are locked, or unlocked."""

    locked = forms.BooleanField(required=False)


class AssignForm(ActForm):
    """People get a pattern on days."""

    people = Numbers()
    days = Days()
    pattern = forms.ModelChoiceField(Pattern.objects.filter(is_active=True))
    skill = forms.ModelChoiceField(Skill.objects.filter(is_active=True), required=False)


class RotateForm(ActForm):
    """People go through a rotation."""

    people = Numbers()
    rotation = forms.ModelChoiceField(Rotation.objects.filter(is_active=True))
    since = forms.DateField()
    step = forms.IntegerField(min_value=0, max_value=60, required=False)

    def clean_step(self) -> int:
        """Return no step where none is given."""
        return self.cleaned_data["step"] or 0


class WeekForm(ActForm):
    """A week is copied."""

    from_monday = forms.DateField()
    to_monday = forms.DateField()


def read(body: bytes) -> dict[str, Any]:
    """Return what was sent as JSON; anything else than an object is as good as nothing."""
    try:
        sent = json.loads(body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}
