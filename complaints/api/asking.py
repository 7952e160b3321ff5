"""What each act of the course asks for over REST: the names are those of its service's arguments."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.forms.fields import EARLIEST, LATEST
from complaints.api.fields import (
    CauseField,
    CorrectionField,
    OtherField,
    PersonField,
    QuestionField,
    RuleField,
    Word,
    Words,
)
from complaints.enums import EvidenceKind, FollowUpMeans, FollowUpOutcome, Outcome, Tier

BOUNDS = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class ActSerializer(serializers.Serializer[Any]):
    """Something done to `complaint` by `actor`, both of the context; it may ask for nothing."""

    def given(self) -> dict[str, Any]:
        """Return what the service is given, beside the actor and the instant."""
        return {"complaint_id": self.context["complaint"].pk, **self.validated_data}


class RespondSerializer(ActSerializer):
    """The first word with the customer."""

    note = Words(help_text=_("What was said."))


class AppointSerializer(ActSerializer):
    """Whom one appoints."""

    person = PersonField()


class AskSerializer(ActSerializer):
    """A question to somebody, usually the person concerned."""

    person = PersonField()
    text = Words(help_text=_("The question."))


class AnswerSerializer(ActSerializer):
    """An answer to a question."""

    question = QuestionField()
    text = Words(help_text=_("How you see it."))

    def given(self) -> dict[str, Any]:
        """Return the question by its key; the service finds the complaint."""
        return {"question_id": self.validated_data["question"].pk, "text": self.validated_data["text"]}


class AddEvidenceSerializer(ActSerializer):
    """Where a piece of evidence is found."""

    kind = Word(EvidenceKind)
    reference = serializers.CharField(
        max_length=200, help_text=_("Number of the call or order, or where it is kept.")
    )
    note = Words(default="", required=False, help_text=_("What it shows."))


class AttachSerializer(ActSerializer):
    """A file."""

    file = serializers.FileField(
        help_text=_("Up to 20 MB: PDF, PNG, JPEG, WebP, MP3, WAV, M4A, OGG, DOCX, XLSX or TXT.")
    )


class VerifySerializer(ActSerializer):
    """The facts found."""

    findings = Words(help_text=_("Facts found: both sides of the story."))


class RuleSerializer(ActSerializer):
    """Whether a service rule was broken, which, and why."""

    outcome = Word(Outcome, help_text=_("Valid means that a service rule was broken."))
    broken = RuleField(default=None)
    opinion = Words(help_text=_("Why you rule so."))


class ExplainSerializer(ActSerializer):
    """What was explained, and how the customer took it."""

    explanation = Words(help_text=_("What was explained."))
    reaction = Words(help_text=_("How the customer took it."))


class ApologiseSerializer(ActSerializer):
    """The apology."""

    note = Words(help_text=_("Who apologised, and how."))


class ResolveSerializer(ActSerializer):
    """The solution."""

    solution = Words(help_text=_("What was done."))


class FollowUpSerializer(ActSerializer):
    """What the customer says when asked."""

    outcome = Word(FollowUpOutcome)
    means = Word(FollowUpMeans)
    remarks = Words(default="", required=False, help_text=_("Needed where the customer is not satisfied."))


class HoldToAccountSerializer(ActSerializer):
    """Who is responsible; nobody, if no member of staff is at fault."""

    person = PersonField(default=None, allow_null=True)
    broken = RuleField(default=None)
    measure = serializers.CharField(max_length=200, default="", allow_blank=True)
    account = Words(
        default="", required=False, help_text=_("What happened; if empty, what the customer said.")
    )
    note = Words(default="", required=False, help_text=_("If nobody is at fault, why."))


class FileReportSerializer(ActSerializer):
    """The written report as it was filed."""

    receiver = serializers.CharField(max_length=200, help_text=_("Authority and leader."))
    text = Words(longest=50_000, help_text=_("The report."))


class SetCauseSerializer(ActSerializer):
    """Why the customer complained."""

    cause = CauseField()


class PlanCorrectionSerializer(ActSerializer):
    """What is corrected, by whom and when."""

    plan = Words(help_text=_("What is to be done."))
    owner = PersonField()
    due_on = serializers.DateField(
        validators=BOUNDS, help_text=_("Its clock ends at the close of business of this day.")
    )
    replaces = CorrectionField(default=None, allow_null=True)


class CorrectionSerializer(ActSerializer):
    """Something about one corrective action."""

    correction = CorrectionField()

    def given(self) -> dict[str, Any]:
        """Return the action by its key; the service finds the complaint."""
        told = dict(self.validated_data)
        return {"correction_id": told.pop("correction").pk, **told}


class CarryOutSerializer(CorrectionSerializer):
    """What was done."""

    done = Words(help_text=_("What was done, and since when."))


class JudgeCorrectionSerializer(CorrectionSerializer):
    """Whether the cause is gone."""

    holds = serializers.BooleanField(help_text=_("If not, a new plan is needed."))
    verdict = Words(help_text=_("How you know."))


class CloseSerializer(ActSerializer):
    """A last word."""

    note = Words(default="", required=False, help_text=_("Closing note."))


class ReopenSerializer(ActSerializer):
    """Why."""

    reason = Words(help_text=_("Why it is opened again."))


class RaiseTierSerializer(ActSerializer):
    """Whom the customer has reached meanwhile."""

    tier = Word(Tier, help_text=_("A higher one than before."))
    reason = Words(help_text=_("Whom the customer has reached."))


class LinkSerializer(ActSerializer):
    """Which other complaint belongs to this one."""

    other = OtherField()

    def given(self) -> dict[str, Any]:
        """Return the other one by its key."""
        return {"complaint_id": self.context["complaint"].pk, "other_id": self.validated_data["other"].pk}


class MergeSerializer(ActSerializer):
    """Into which other complaint this one goes, and why."""

    other = OtherField()
    reason = Words(help_text=_("Why they are the same."))

    def given(self) -> dict[str, Any]:
        """Return the other one by its key."""
        given = super().given()
        other = given.pop("other")
        return {**given, "into_id": other.pk}


class PauseSerializer(ActSerializer):
    """What one waits for, and until when at the longest."""

    reason = Words(help_text=_("What you wait for."))
    until = serializers.DateTimeField(
        default=None, allow_null=True, help_text=_("If not given, as long as the rules allow.")
    )


class ResumeSerializer(ActSerializer):
    """Nothing more."""
