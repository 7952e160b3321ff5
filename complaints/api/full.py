"""One complaint in full over REST, with what its course has left behind."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from complaints import models, selectors
from complaints.api.serializers import ComplaintSerializer

MOVING: Final = ("seconds_left",)
"""What counts on by itself."""


def number_of(role: str) -> serializers.CharField:
    """Return a field with somebody's work number; null where there is nobody."""
    return serializers.CharField(
        source=f"{role}.work_number", allow_null=True, read_only=True, help_text=_("Work number.")
    )


class ClockSerializer(serializers.ModelSerializer[models.Clock]):
    """A clock and its result."""

    keeper = number_of("keeper")

    class Meta:
        model = models.Clock
        fields = (
            "kind",
            "version",
            "keeper",
            "starts_at",
            "due_at",
            "provisional",
            "level",
            "breached_at",
            "stopped_at",
            "paused_at",
        )


class PauseSerializer(serializers.ModelSerializer[models.Pause]):
    """The complaint waited for the customer."""

    by = number_of("by")

    class Meta:
        model = models.Pause
        fields = ("reason", "by", "at", "until_at", "ended_at")


class ParticipantSerializer(serializers.ModelSerializer[models.Participant]):
    """Somebody who joined in handling it."""

    person = number_of("person")

    class Meta:
        model = models.Participant
        fields = ("person", "since")


class QuestionSerializer(serializers.ModelSerializer[models.Question]):
    """A question and its answer."""

    person = number_of("person")
    by = number_of("by")

    class Meta:
        model = models.Question
        fields: tuple[str, ...] = ("id", "person", "text", "by", "at", "answer", "answered_at")


class EvidenceSerializer(serializers.ModelSerializer[models.Evidence]):
    """What a ruling rests on."""

    by = number_of("by")

    class Meta:
        model = models.Evidence
        fields = ("kind", "reference", "note", "by", "at")


class RulingSerializer(serializers.ModelSerializer[models.Ruling]):
    """The ruling that holds."""

    rule = serializers.CharField(
        source="rule.code", allow_null=True, read_only=True, help_text=_("Code of the broken rule.")
    )
    by = number_of("by")

    class Meta:
        model = models.Ruling
        fields = ("outcome", "rule", "opinion", "by", "at")


class FollowUpSerializer(serializers.ModelSerializer[models.FollowUp]):
    """What the customer said when asked; `version` is that of the deadline clock."""

    by = number_of("by")

    class Meta:
        model = models.FollowUp
        fields = ("version", "outcome", "means", "remarks", "day", "by", "at")


class LiabilitySerializer(serializers.ModelSerializer[models.Liability]):
    """Who is at fault is in the conduct record alone; without one, nobody is."""

    record = serializers.IntegerField(
        source="record_id", allow_null=True, read_only=True, help_text=_("Number of the conduct record.")
    )
    by = number_of("by")

    class Meta:
        model = models.Liability
        fields = ("record", "by", "at", "published_at")


class ReportSerializer(serializers.ModelSerializer[models.Report]):
    """An external report as it was filed."""

    by = number_of("by")

    class Meta:
        model = models.Report
        fields = ("receiver", "text", "by", "at")


class CorrectionSerializer(serializers.ModelSerializer[models.Correction]):
    """A corrective action."""

    cause = serializers.CharField(source="cause.code", read_only=True, help_text=_("Code of the cause."))
    owner = number_of("owner")
    planned_by = number_of("planned_by")
    done_by = number_of("done_by")
    judged_by = number_of("judged_by")
    replaces = serializers.IntegerField(
        source="replaces_id", allow_null=True, read_only=True, help_text=_("Number of the one that failed.")
    )

    class Meta:
        model = models.Correction
        fields = (
            "id",
            "cause",
            "owner",
            "plan",
            "due_on",
            "state",
            "planned_by",
            "planned_at",
            "done",
            "done_by",
            "done_at",
            "verdict",
            "judged_by",
            "judged_at",
            "replaces",
        )


class AttachmentSerializer(serializers.ModelSerializer[models.Attachment]):
    """A file; its content is at `…/attachments/{id}/`."""

    by = number_of("by")

    class Meta:
        model = models.Attachment
        fields = ("id", "name", "kind", "size", "by", "at")


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class ReferencesField(serializers.Field[Any, Any, Any, Any]):
    """The references of other complaints."""

    def __init__(self) -> None:
        super().__init__(read_only=True, help_text=_("References."))

    def to_representation(self, value: Any) -> list[str]:
        """Return them in their order."""
        return [one.reference for one in (value if isinstance(value, list) else value.all())]


class ComplaintDetailSerializer(ComplaintSerializer):
    """One complaint in full; the contact stays in the house."""

    contact = serializers.CharField(
        source="masked_contact", help_text=_("The middle of a telephone number is hidden.")
    )
    customer_kind = serializers.CharField(
        source="customer.kind", allow_null=True, help_text=_("Null for a customer who is not on file.")
    )
    recorded_by = number_of("recorded_by")
    staff_concerned = number_of("staff_concerned")
    investigator = number_of("investigator")
    caller = number_of("caller")
    cause = serializers.CharField(source="cause.code", allow_null=True, help_text=_("Code of the cause."))
    merged_into = serializers.CharField(
        source="into", allow_null=True, help_text=_("Reference of the complaint that this one went into.")
    )
    merged = ReferencesField()
    linked = ReferencesField()
    clocks = ClockSerializer(many=True)
    pauses = PauseSerializer(many=True)
    participants = ParticipantSerializer(many=True)
    questions = QuestionSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    ruling = RulingSerializer(allow_null=True)
    follow_ups = FollowUpSerializer(many=True)
    liabilities = LiabilitySerializer(many=True)
    reports = ReportSerializer(many=True)
    corrections = CorrectionSerializer(many=True)
    attachments = AttachmentSerializer(many=True)

    class Meta(ComplaintSerializer.Meta):
        fields = (
            *ComplaintSerializer.Meta.fields,
            "closed_at",
            "customer_name",
            "contact",
            "customer_kind",
            "account",
            "demand",
            "call",
            "source",
            "external_number",
            "recorded_by",
            "staff_concerned",
            "investigator",
            "caller",
            "cause",
            "solution",
            "merged_into",
            "merged",
            "linked",
            "clocks",
            "pauses",
            "participants",
            "questions",
            "evidence",
            "ruling",
            "follow_ups",
            "liabilities",
            "reports",
            "corrections",
            "attachments",
        )

    def to_representation(self, complaint: Any) -> dict[str, Any]:
        """Return a row of the list, and what only the complaint's own address tells."""
        row = super().to_representation(complaint)
        for name in self.Meta.fields[len(row) :]:
            value = self.fields[name].get_attribute(complaint)
            row[name] = None if value is None else self.fields[name].to_representation(value)
        return row


def shown(complaint: Any) -> dict[str, Any]:
    """Return what is told of a complaint read `for_full`."""
    selectors.with_clock(selectors.in_full(complaint), now=timezone.now())
    told: dict[str, Any] = ComplaintDetailSerializer(complaint).data
    return told
