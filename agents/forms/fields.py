"""Fields that several forms share."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agents.models import Team, User

# A year outside these is a slip of the fingers.
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A date; today unless it may stay empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", timezone.localdate)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.validators += [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class InstantField(forms.DateTimeField):
    """A date and a time of day in the reader's time zone."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=picker, **kwargs)
        earliest, latest = (datetime(day.year, 1, 1, tzinfo=UTC) for day in (EARLIEST, LATEST))
        self.validators += [MinValueValidator(earliest), MaxValueValidator(latest)]


class WorkNumberField(forms.CharField):
    """Somebody who works here, typed as their work number: a list to choose from would have thousands of lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, help_text=_("Work number."), **kwargs)

    def clean(self, value: Any) -> User | None:
        """Return the person, None if it may be empty and is."""
        number = super().clean(value)
        if not number:
            return None
        person: User | None = User.objects.filter(work_number=number, is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody who works here has the work number %(number)s."), params={"number": number}
            )
        return person


class TeamField(forms.ModelChoiceField):
    """A team, shown with its site."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Team.objects.select_related("site"), label=_("Team"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the names of both."""
        return f"{obj.site} · {obj}"


class GrantField(forms.ModelChoiceField):
    """A role that somebody holds, with its limit."""

    def label_from_instance(self, obj: Any) -> str:
        """Return both in words."""
        return f"{obj.get_role_display()} · {obj.scope}" if obj.scope else obj.get_role_display()


class AbsenceField(forms.ModelChoiceField):
    """An absence, named by its first day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return its beginning and its end in the reader's time zone."""
        bounds = (timezone.localtime(obj.period.lower), timezone.localtime(obj.period.upper))
        return " – ".join(f"{bound:%Y-%m-%d %H:%M}" for bound in bounds)
