"""What each act on a complaint asks for: the names are those of its service's arguments."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.forms.fields import DayField, InstantField, WorkNumberField
from agents.models import User
from complaints.enums import CorrectionState, EvidenceKind, FollowUpMeans, FollowUpOutcome, Outcome, Tier
from complaints.forms.fields import CauseField, CorrectionField, RuleField, words
from complaints.models import Complaint


class ActForm(forms.Form):
    """Something done to `complaint` by `actor`; one that asks for nothing is confirmed."""

    form_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, complaint: Complaint, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint, self.actor = complaint, actor
        self.prepare()

    def prepare(self) -> None:
        """Fill in what the complaint says already, and offer only what may be chosen."""

    def given(self) -> dict[str, Any]:
        """Return what the service is given, beside the actor and the instant."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
        return {"complaint_id": self.complaint.pk, **typed}


class NoteForm(ActForm):
    """What was said."""

    note = words(_("What was said"))


class AppointForm(ActForm):
    """Whom one appoints."""

    person = WorkNumberField(label=_("Person"))


class AskForm(ActForm):
    """A question to somebody, usually the person concerned."""

    person = WorkNumberField(label=pgettext_lazy("question", "To whom"))
    text = words(_("Question"))

    def prepare(self) -> None:
        """Begin with the person concerned."""
        if self.complaint.staff_concerned:
            self.fields["person"].initial = self.complaint.staff_concerned.work_number


class EvidenceForm(ActForm):
    """Where a piece of evidence is found."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=EvidenceKind, coerce=EvidenceKind)
    reference = forms.CharField(
        label=_("Reference"), max_length=200, help_text=_("Number of the call or order, or where it is kept.")
    )
    note = words(_("What it shows"), rows=3, required=False)


class AttachForm(ActForm):
    """A file."""

    file = forms.FileField(label=_("File"))


class VerifyForm(ActForm):
    """The facts found."""

    findings = words(_("Facts found"), rows=8, help_text=_("Both sides of the story."))


class RulingForm(ActForm):
    """Whether a service rule was broken, which, and why."""

    outcome = forms.TypedChoiceField(
        label=_("Ruling"), choices=Outcome, coerce=Outcome, widget=forms.RadioSelect
    )
    broken = RuleField(help_text=_("Valid means that a service rule was broken."))
    opinion = words(_("Opinion"))

    def prepare(self) -> None:
        """Offer the rules of the day of receipt."""
        self.fields["broken"].narrow(self.complaint)


class RuleForm(RulingForm):
    """A first ruling, with the cause where it is known already."""

    cause = CauseField(required=False, help_text=_("If it is known already."))


class ExplainForm(ActForm):
    """What was explained, and how the customer took it."""

    explanation = words(_("What was explained"))
    reaction = words(_("How the customer took it"), rows=3)


class ApologyForm(ActForm):
    """Who apologised, and how."""

    note = words(_("Who apologised, and how"))


class ResolveForm(ActForm):
    """The solution."""

    solution = words(
        _("Solution"), rows=6, help_text=_("What was done for the customer, and what they said to it.")
    )


class FollowUpForm(ActForm):
    """What the customer says when asked."""

    outcome = forms.TypedChoiceField(
        label=pgettext_lazy("follow-up", "What the customer says"),
        choices=FollowUpOutcome,
        coerce=FollowUpOutcome,
        widget=forms.RadioSelect,
    )
    means = forms.TypedChoiceField(label=_("Asked by"), choices=FollowUpMeans, coerce=FollowUpMeans)
    remarks = words(_("Remarks"), rows=3, required=False)


class AccountForm(ActForm):
    """Who is responsible; nobody, if no member of staff is at fault."""

    person = WorkNumberField(label=_("Person"), required=False)
    broken = RuleField()
    measure = forms.CharField(label=_("Measure"), max_length=200, required=False)
    account = words(pgettext_lazy("conduct", "What happened"), required=False)
    note = words(
        _("Reason"),
        rows=3,
        required=False,
        help_text=_("If nobody is at fault, say why; leave the rest empty."),
    )

    def prepare(self) -> None:
        """Begin with the person concerned and the rule of the ruling."""
        self.fields["person"].help_text = _("Work number; empty if no member of staff is at fault.")
        self.fields["broken"].narrow(self.complaint)
        if self.complaint.staff_concerned:
            self.fields["person"].initial = self.complaint.staff_concerned.work_number
            self.fields["broken"].initial = self.complaint.rulings.latest("at", "pk").rule_id


class ReportForm(ActForm):
    """The written report as it was filed."""

    receiver = forms.CharField(label=_("Receiver"), max_length=200, help_text=_("Authority and leader."))
    text = words(_("Report"), rows=12, longest=50_000)


class CauseForm(ActForm):
    """Why the customer complained."""

    cause = CauseField()

    def prepare(self) -> None:
        """Begin with the one that is set."""
        self.fields["cause"].initial = self.complaint.cause_id


class PlanForm(ActForm):
    """What is corrected, by whom and when."""

    plan = words(_("What is to be done"))
    owner = WorkNumberField(label=_("Who carries it out"))
    due_on = DayField(label=_("By when"), initial=None)
    replaces = CorrectionField(required=False, help_text=_("The one that failed, if this takes its place."))

    def prepare(self) -> None:
        """Offer what failed and has no successor."""
        failed = self.complaint.corrections.filter(state=CorrectionState.FAILED, replaced_by=None)
        if failed:
            self.fields["replaces"].narrow(failed)
        else:
            del self.fields["replaces"]


class OneCorrection(ActForm):
    """Something about one corrective action."""

    correction = CorrectionField()

    def given(self) -> dict[str, Any]:
        """Return the action by its key; the service finds the complaint."""
        given = super().given()
        del given["complaint_id"]
        correction = given.pop("correction")
        return {**given, "correction_id": correction.pk}


class CarryOutForm(OneCorrection):
    """What was done."""

    done = words(_("What was done"))

    def prepare(self) -> None:
        """Offer what the person has to carry out."""
        mine = self.complaint.corrections.filter(owner=self.actor, state=CorrectionState.PLANNED)
        self.fields["correction"].narrow(mine)


def _yes(value: Any) -> bool:
    return bool(value == "yes")


class JudgeForm(OneCorrection):
    """Whether the cause is gone."""

    holds = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("It holds")), ("no", _("It failed: a new plan is needed"))],
        coerce=_yes,
        widget=forms.RadioSelect,
    )
    verdict = words(_("How you know"))

    def prepare(self) -> None:
        """Offer what others carried out; one that held may turn out to fail."""
        done = self.complaint.corrections.filter(state__in=[CorrectionState.DONE, CorrectionState.HOLDS])
        self.fields["correction"].narrow(done.exclude(planned_by=self.actor).exclude(done_by=self.actor))


class CloseForm(ActForm):
    """A last word."""

    note = words(_("Closing note"), rows=3, required=False)


class ReasonForm(ActForm):
    """Why."""

    reason = words(_("Reason"), rows=4)


def _tier(value: Any) -> Tier:
    return Tier(int(value))


class TierForm(ReasonForm):
    """Whom the customer has reached meanwhile."""

    tier = forms.TypedChoiceField(label=_("Tier"), coerce=_tier)
    field_order = ("tier",)

    def prepare(self) -> None:
        """Offer the higher ones: a tier never falls."""
        self.fields["tier"].choices = [
            (tier, label) for tier, label in Tier.choices if tier > self.complaint.tier
        ]


class OtherField(forms.CharField):
    """Another complaint, typed as its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, help_text=_("Its number, such as C-2026-000123."), **kwargs)


class LinkForm(ActForm):
    """Which other complaint belongs to this one."""

    other = OtherField(label=_("Other complaint"))
    argument = "other_id"

    def clean_other(self) -> Complaint:
        """Return the complaint if the person sees it."""
        number = self.cleaned_data["other"].strip().upper()
        seen = Complaint.objects.visible_to(self.actor).exclude(pk=self.complaint.pk)
        other: Complaint | None = seen.filter(reference=number).first()
        if other is None:
            raise forms.ValidationError(
                _("You see no other complaint with the number %(number)s."), params={"number": number}
            )
        return other

    def given(self) -> dict[str, Any]:
        """Return the other one by its key."""
        given = super().given()
        other = given.pop("other")
        return {**given, self.argument: other.pk}


class MergeForm(LinkForm, ReasonForm):
    """Into which other complaint this one goes, and why."""

    argument = "into_id"
    field_order = ("other",)


class PauseForm(ReasonForm):
    """What one waits for, and until when at the longest."""

    until = InstantField(
        label=pgettext_lazy("pause", "Until"),
        required=False,
        help_text=_("Empty: as long as the rules allow."),
    )


class AnswerForm(ActForm):
    """An answer to a question."""

    text = words(pgettext_lazy("question", "How you see it"), rows=6)
