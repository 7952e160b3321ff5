"""Fields that the forms of a complaint's acts share."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import ServiceRule
from complaints.models import Cause, Complaint, Correction


def words(label: Any, *, rows: int = 5, longest: int = 10_000, **more: Any) -> forms.CharField:
    """Return a field for several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=area, **more)


class CauseField(forms.ModelChoiceField):
    """A cause that may still be chosen, shown below the one above it."""

    def __init__(self, **kwargs: Any) -> None:
        causes = Cause.objects.filter(retired=False).select_related("parent")
        super().__init__(causes, label=_("Cause"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the names of both."""
        return f"{obj.parent} · {obj}" if obj.parent else str(obj)


class RuleField(forms.ModelChoiceField):
    """A rule of service that held on the day on which a complaint was received."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ServiceRule.objects.none(), label=_("Broken rule"), required=False, **kwargs)

    def narrow(self, complaint: Complaint) -> None:
        """Offer the rules of that day."""
        self.queryset = ServiceRule.objects.on(day_at_site(complaint, complaint.received_at))


class CorrectionField(forms.ModelChoiceField):
    """A corrective action of the complaint, chosen at once where there is but one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Correction.objects.none(), label=_("Corrective action"), **kwargs)

    def narrow(self, found: Any) -> None:
        """Offer these."""
        self.queryset = found
        if self.required and len(found) == 1:
            self.initial = found[0].pk

    def label_from_instance(self, obj: Any) -> str:
        """Return its plan, shortened, and its day."""
        plan = obj.plan if len(obj.plan) <= PLAN else f"{obj.plan[:PLAN]}…"
        return f"{plan} ({obj.due_on:%Y-%m-%d})"


PLAN = 60


def day_at_site(complaint: Complaint, at: datetime) -> Any:
    """Return the local date of an instant where the complaint belongs."""
    return at.astimezone(ZoneInfo(complaint.site.calendar.time_zone)).date()
