"""What people type about conduct and service rules: shape only, no rules."""

from typing import Any

from django import forms
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.enums import ConductKind, ConductState
from agents.forms.fields import DayField, WorkNumberField
from agents.models import ConductRecord, ServiceRule


def _words(label: Any, *, rows: int = 5, longest: int = 10_000) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}))


class ConductForm(forms.Form):
    """A new record."""

    person = WorkNumberField(label=_("Person"))
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=ConductKind, coerce=ConductKind, initial=ConductKind.PENALTY
    )
    rule = forms.ModelChoiceField(
        ServiceRule.objects.all(), label=_("Rule"), help_text=_("As it held on the day of what happened.")
    )
    occurred_on = DayField(label=_("Day of what happened"))
    account = _words(pgettext_lazy("conduct", "What happened"))
    measure = forms.CharField(label=_("Measure"), max_length=200)
    complaint_reference = forms.CharField(
        label=_("Complaint"), max_length=30, required=False, help_text=_("Its number, if one is behind it.")
    )
    complaint_tier = forms.TypedChoiceField(
        label=_("Tier of the complaint"),
        choices=[("", "–"), *((tier, str(tier)) for tier in (1, 2, 3))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    @classmethod
    def shown(cls, record: ConductRecord) -> dict[str, Any]:
        """Return what the form shows of a draft."""
        return {**model_to_dict(record, cls.base_fields), "person": record.person.work_number}


class ConfirmForm(forms.Form):
    """Nothing to type."""


class WithdrawalForm(forms.Form):
    """Why a record is taken back."""

    reason = _words(_("Reason"), rows=3, longest=300)


class ReplyForm(forms.Form):
    """What somebody says about a record."""

    text = _words(_("How you see it"))


class AppealForm(forms.Form):
    """Why a record is wrong."""

    text = _words(_("Why the record is wrong"))


class DecisionForm(forms.Form):
    """How an appeal ends, and why."""

    outcome = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            (ConductState.UPHELD, _("The penalty stands")),
            (ConductState.LIFTED, _("The penalty is lifted")),
        ],
        coerce=ConductState,
        widget=forms.RadioSelect,
    )
    decision = _words(_("Reason"))


class RuleForm(forms.Form):
    """A new rule."""

    code = forms.CharField(label=_("Code"), max_length=20)
    title = forms.CharField(label=_("Title"), max_length=120)
    text = _words(_("Text"))
    since = DayField(label=_("From"))
    until = DayField(label=_("No longer from"), required=False, initial=None)


class EndRuleForm(forms.Form):
    """From when on a rule no longer holds."""

    from_day = DayField(label=_("No longer from"))
