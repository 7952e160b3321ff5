"""The shape of feedback over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agents.models import Department
from feedback.anonymity.cleaning import MOST_FILES
from feedback.enums import Act, Addressee, Category, Interest, Kind
from feedback.models import File, Item, Suggestion
from feedback.services import Wish


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    """Who answers, and for what."""

    class Meta:
        model = Department
        fields = ("id", "name", "scope")


class SuggestionSerializer(serializers.ModelSerializer[Suggestion]):
    """How far a suggestion is."""

    class Meta:
        model = Suggestion
        fields = ("state", "carry_out_by", "carried_out_at", "verified_at", "rewarded_at")


class ItemSerializer(serializers.ModelSerializer[Item]):
    """A row of what somebody reads in full."""

    department = serializers.IntegerField(source="department_id", allow_null=True)
    site = serializers.CharField(source="site.code", allow_null=True, default=None)
    author = serializers.SerializerMethodField(help_text=_("Work number; null if it is anonymous."))
    seconds_left = serializers.SerializerMethodField(
        help_text=_("Working seconds until it is due, negative when it is late. It counts on by itself.")
    )

    class Meta:
        model = Item
        fields: tuple[str, ...] = (
            "number",
            "kind",
            "addressee",
            "department",
            "site",
            "category",
            "subject",
            "anonymous",
            "author",
            "status",
            "submitted_on",
            "released_at",
            "due_at",
            "provisional",
            "seconds_left",
            "answered_at",
            "escalated_at",
            "disputes",
            "published_at",
            "closed_at",
            "ending",
        )

    @extend_schema_field(OpenApiTypes.STR)
    def get_author(self, item: Item) -> str | None:
        """Return the work number of the author, None for an anonymous one."""
        return None if item.anonymous else item.author.person.work_number

    @extend_schema_field(OpenApiTypes.DOUBLE)
    def get_seconds_left(self, item: Any) -> float:
        """Return the working seconds left, negative when it is over."""
        return float(item.left.seconds)


class TurnSerializer(serializers.Serializer[Any]):
    """One turn of the talk. Of what an anonymous author says only the day is known."""

    what = serializers.ChoiceField(["question", "word", "answer", "dispute"])
    text = serializers.CharField()
    day = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(
        source="by.work_number",
        allow_null=True,
        default=None,
        help_text=_("Work number; null is the author."),
    )


class NoteSerializer(serializers.Serializer[Any]):
    """What the answering side wrote for itself."""

    text = serializers.CharField()
    by = serializers.CharField(source="by.work_number", help_text=_("Work number."))
    at = serializers.DateTimeField()


class FileSerializer(serializers.ModelSerializer[File]):
    """A file; its content is at `…/files/{id}/`."""

    class Meta:
        model = File
        fields = ("id", "name", "kind", "size")


class ItemDetailSerializer(ItemSerializer):
    """One item in full."""

    talk = TurnSerializer(many=True)
    notes = NoteSerializer(many=True, help_text=_("Only the answering side has any."))
    files = FileSerializer(many=True)
    suggestion = SuggestionSerializer(allow_null=True, default=None)
    acts = serializers.ListField(
        child=serializers.ChoiceField(Act.choices), help_text=_("What the caller can do now.")
    )

    class Meta(ItemSerializer.Meta):
        fields = (
            *ItemSerializer.Meta.fields,
            "text",
            "public_subject",
            "public_text",
            "voices",
            "talk",
            "notes",
            "files",
            "suggestion",
            "acts",
        )


class PublicSerializer(serializers.ModelSerializer[Item]):
    """What everybody reads of an item: never the author's own words."""

    department = serializers.IntegerField(source="department_id", allow_null=True)
    subject = serializers.CharField(source="public_subject")
    text = serializers.CharField(source="public_text")
    answer = serializers.CharField(source="public_answer.text", allow_null=True, default=None)
    answered_at = serializers.DateTimeField(source="public_answer.at", allow_null=True, default=None)
    suggestion = SuggestionSerializer(allow_null=True, default=None)
    joined = serializers.ListField(
        source="interests",
        child=serializers.ChoiceField(Interest.choices),
        help_text=_("What the caller said."),
    )

    class Meta:
        model = Item
        fields = (
            "number",
            "kind",
            "department",
            "category",
            "status",
            "subject",
            "text",
            "answer",
            "answered_at",
            "published_at",
            "voices",
            "joined",
            "suggestion",
        )


class WishSerializer(serializers.Serializer[Any]):
    """What somebody writes under the own name."""

    kind = serializers.ChoiceField(Kind.choices, default=Kind.QUESTION)
    addressee = serializers.ChoiceField(Addressee.choices, default=Addressee.DEPARTMENT)
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.all(),
        default=None,
        allow_null=True,
        help_text=_("Who answers; with the executive's office as addressee, whom it is about."),
    )
    category = serializers.ChoiceField(Category.choices)
    subject = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=10_000)

    def wish(self) -> Wish:
        """Return what was written."""
        return Wish(**{name: value for name, value in self.validated_data.items() if name != "files"})


class WishWithFilesSerializer(WishSerializer):
    """The same as a form, with files."""

    files = serializers.ListField(
        child=serializers.FileField(),
        default=list,
        max_length=MOST_FILES,
        help_text=_("Pictures and documents; what they say of their maker is taken out."),
    )


class WrittenSerializer(serializers.Serializer[Item]):
    """What became of it."""

    number = serializers.CharField()
    due_at = serializers.DateTimeField()


class DraftSerializer(serializers.Serializer[Any]):
    """What is being written."""

    text = serializers.CharField(max_length=2_000)


class HintSerializer(serializers.Serializer[Any]):
    """What is on the board already of it, and who answers such things."""

    department = DepartmentSerializer(allow_null=True)
    items = PublicSerializer(many=True)


class JoinSerializer(serializers.Serializer[Any]):
    """Joining in, or no longer."""

    interest = serializers.ChoiceField(Interest.choices)
    on = serializers.BooleanField(default=True)


class DoneSerializer(serializers.Serializer[Any]):
    """Where the item stands after an act. Whoever no longer sees it has no further acts."""

    number = serializers.CharField()
    status = serializers.CharField()
    acts = serializers.ListField(child=serializers.ChoiceField(Act.choices))
