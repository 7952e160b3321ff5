"""What administrators type about the clocks and the course: shape only, no rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.worktime.models import Policy
from calls.enums import CustomerKind
from complaints.enums import ClockKind

UNCHOSEN = "---------"


class PolicyField(forms.ModelChoiceField):
    """A policy of the working calendar, with its amount in words."""

    def __init__(self) -> None:
        policies = Policy.objects.select_related("calendar")
        super().__init__(policies, label=_("Policy"))

    def label_from_instance(self, obj: Any) -> str:
        """Return its name and what it amounts to."""
        return f"{obj} ({obj.in_words})"


class ClockPolicyForm(forms.Form):
    """What a clock follows; only the deadline may wait for the customer."""

    policy = PolicyField()
    pause_days = forms.IntegerField(
        label=_("Working days it may wait for the customer"),
        min_value=0,
        initial=0,
        help_text=_("In all; 0: not at all."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != ClockKind.RESOLUTION:
            del self.fields["pause_days"]


class NewClockPolicyForm(ClockPolicyForm):
    """The same, and for whom: every customer only where the tier has no policy of its own yet."""

    customer_kind = forms.ChoiceField(label=pgettext_lazy("customers", "For"), required=False)
    field_order = ("customer_kind", "policy", "pause_days")

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["customer_kind"]
        kinds.choices = [("", _("Every customer") if own else UNCHOSEN), *CustomerKind.choices]
        kinds.required = not own


class CourseForm(forms.Form):
    """The numbers of the course."""

    failed_follow_ups = forms.IntegerField(
        label=_("Failed follow-ups that allow closing"),
        min_value=1,
        help_text=_("On as many different days since the solution."),
    )
    holds_days = forms.IntegerField(
        label=_("Days a corrected cause must stay away"),
        min_value=1,
        help_text=_(
            "Counted from the day on which a corrective action was carried out; with more days, one that holds may fail still."
        ),
    )
    names_published = forms.BooleanField(
        label=_("Outcomes on the bulletin name the person"),
        required=False,
        help_text=_("Otherwise the work number alone. What is published already stays as it is."),
    )
