"""What each act on an item is told over REST."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.models import Department
from feedback.enums import Act

LONGEST = 10_000


class TextSerializer(serializers.Serializer[Any]):
    """A text."""

    text = serializers.CharField(max_length=LONGEST)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=LONGEST)


class HandOnSerializer(ReasonSerializer):
    """To which department, and why."""

    to = serializers.PrimaryKeyRelatedField(queryset=Department.objects.all())


class PublishSerializer(TextSerializer):
    """What everybody reads, in the words of the answering side."""

    subject = serializers.CharField(max_length=120)


class SurveySerializer(serializers.Serializer[Any]):
    """What was expected and found: working days until the answer, and how good it was."""

    expected_days = serializers.IntegerField(min_value=0, max_value=60)
    expected_quality = serializers.IntegerField(min_value=1, max_value=5)
    found_quality = serializers.IntegerField(min_value=1, max_value=5)
    satisfied = serializers.BooleanField()


class ConfirmSerializer(serializers.Serializer[Any]):
    """The short survey, if it is answered."""

    survey = SurveySerializer(default=None, allow_null=True)


class AssessSerializer(ReasonSerializer):
    """Whether a suggestion is adopted, why, and by when."""

    adopt = serializers.BooleanField()
    carry_out_by = serializers.DateField(default=None, allow_null=True)


class CarryOutSuggestionSerializer(serializers.Serializer[Any]):
    """What was done."""

    result = serializers.CharField(max_length=LONGEST)


class VerifySuggestionSerializer(serializers.Serializer[Any]):
    """Whether it holds; if not, why and by when it is done anew."""

    holds = serializers.BooleanField()
    note = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    carry_out_by = serializers.DateField(default=None, allow_null=True)


class RewardSerializer(serializers.Serializer[Any]):
    """What the author gets."""

    reward = serializers.CharField(max_length=200)


class ShowRewardSerializer(serializers.Serializer[Any]):
    """Whether the board shows it with the author's name."""

    shown = serializers.BooleanField()


@dataclass(frozen=True)
class Told:
    """An act over REST: what it is told, an example, and in words what it does."""

    serializer: type[serializers.Serializer[Any]]
    example: dict[str, Any]
    summary: Promise | str
    words: Promise | str = ""


WHY = {"reason": "The line belongs to the other department."}
SURVEY = {"expected_days": 3, "expected_quality": 4, "found_quality": 5, "satisfied": True}
ACTS: Mapping[Act, Told] = {
    Act.ANSWER: Told(
        TextSerializer, {"text": "New headsets come on Wednesday."}, _("Answer an item"), _("Privately.")
    ),
    Act.ASK_BACK: Told(TextSerializer, {"text": "Which row is it?"}, _("Ask the author back")),
    Act.SAY: Told(TextSerializer, {"text": "Row C."}, _("Add something as the author")),
    Act.NOTE: Told(TextSerializer, {"text": "Ordered."}, _("Write a note of the answering side")),
    Act.HAND_ON: Told(HandOnSerializer, {"to": 2, **WHY}, _("Hand an item on"), _("Once, with a reason.")),
    Act.PUBLISH: Told(
        PublishSerializer,
        {"subject": "Crackling headsets", "text": "Somebody asked for new headsets."},
        _("Publish an item"),
        _("In the words of the answering side; the newest answer becomes public with it."),
    ),
    Act.WITHDRAW: Told(ReasonSerializer, {"reason": "It is out of date."}, _("Take an item off the board")),
    Act.CONFIRM: Told(
        ConfirmSerializer, {"survey": SURVEY}, _("Accept the answer"), _("The item is closed.")
    ),
    Act.DISPUTE: Told(
        ReasonSerializer,
        {"reason": "Wednesday has passed."},
        _("Dispute the answer"),
        _("The executives own it from then on."),
    ),
    Act.CLOSE: Told(
        ReasonSerializer, {"reason": "There is no other way."}, _("Close what was disputed twice")
    ),
    Act.ASSESS: Told(
        AssessSerializer,
        {"adopt": True, "reason": "It saves time.", "carry_out_by": "2026-12-18"},
        _("Adopt or decline a suggestion"),
        _("It is the answer too, while the item waits for one."),
    ),
    Act.CARRY_OUT: Told(
        CarryOutSuggestionSerializer, {"result": "It is live."}, _("Report a suggestion carried out")
    ),
    Act.VERIFY: Told(
        VerifySuggestionSerializer,
        {"holds": True},
        _("Verify a suggestion"),
        _("As somebody else than who carried it out."),
    ),
    Act.REWARD: Told(RewardSerializer, {"reward": "200 yuan"}, _("Record the reward of a suggestion")),
    Act.SHOW_REWARD: Told(ShowRewardSerializer, {"shown": True}, _("Show the reward on the board, or not")),
}
