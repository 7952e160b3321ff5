"""The shape of a batch of calls that comes in."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calls.enums import Outcome
from calls.intake import HANDLED

MOST_CALLS: Final = 5000
LONGEST: Final = 7 * 24 * 3600
OFFSET: Final = re.compile(r"(?:[Zz]|[+-]\d\d:?\d\d)\Z")
FIRST_YEAR, LAST_YEAR = 1970, 2099


class Moment(serializers.DateTimeField):
    """A moment that names its offset: what a machine means without one, nobody knows."""

    default_error_messages = {
        "offset": _("The moment names no offset from UTC; write it like 2026-11-18T10:00:12+08:00."),
        "year": _("This year cannot be meant."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        """Return the moment in UTC and whole seconds."""
        if isinstance(value, str) and not OFFSET.search(value.strip()):
            self.fail("offset")
        found: datetime = super().to_internal_value(value)
        if not FIRST_YEAR < found.year < LAST_YEAR:
            self.fail("year")
        return found.astimezone(UTC).replace(microsecond=0)


def _text(longest: int, words: Any = "") -> serializers.CharField:
    return serializers.CharField(max_length=longest, default="", allow_blank=True, help_text=words)


def _whole(most: int, words: Any = "") -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=most, default=0, help_text=words)


def _seconds(words: Any = "") -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=LONGEST, allow_null=True, default=None, help_text=words
    )


class NewCallSerializer(serializers.Serializer[Any]):
    """One visit of a call to a queue. What is left out is not known."""

    call_id = serializers.CharField(max_length=120)
    visit = _whole(32_000, _("Which visit of the call it is: one call can enter several queues."))
    revision = _whole(2_000_000_000, _("A higher one corrects what came before."))
    entered_at = Moment(help_text=_("When it entered the queue, with its offset from UTC."))
    outcome = serializers.ChoiceField(Outcome.choices)
    queue = _text(80, _("Code or name."))
    agent = _text(80, _("Work number or name."))
    customer = _text(120, _("Telephone or name."))
    topic = _text(120)
    channel = _text(40)
    project = _text(80)
    wait_seconds = _seconds(_("From entering the queue to its end, whatever the outcome."))
    talk_seconds = _seconds()
    hold_seconds = _seconds()
    wrap_seconds = _seconds()
    resolved = serializers.BooleanField(allow_null=True, default=None)
    transferred = serializers.BooleanField(allow_null=True, default=None)
    satisfaction = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        """Refuse fields that nobody reads: misspelt, they would silently be lost."""
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError(
                {str(name)[:80]: [_("There is no such field.")] for name in unknown}, code="unknown"
            )
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Of a call that nobody handled, a length of 0 is not known; one above 0 contradicts the outcome."""
        if attrs["outcome"] != Outcome.ANSWERED:
            for name in HANDLED:
                if attrs[name]:
                    raise serializers.ValidationError(
                        {name: _("the call was not answered, yet this is not blank")}
                    )
                attrs[name] = None
        return attrs


@extend_schema_field(NewCallSerializer(many=True, min_length=1, max_length=MOST_CALLS))  # type: ignore[call-arg] # of the list
class Calls(serializers.ListField):
    """The calls, each still to be judged by itself."""

    child = serializers.JSONField(allow_null=True)


class CallBatchSerializer(serializers.Serializer[Any]):
    """Calls of one source at one site."""

    source = serializers.CharField(  # type: ignore[assignment] # an attribute of fields has the name too
        max_length=80, help_text=_("The system that they come from; it belongs to one site for ever.")
    )
    site = serializers.CharField(max_length=40, help_text=_("Code."))
    calls = Calls(allow_empty=False, max_length=MOST_CALLS)


class RefusedCallSerializer(serializers.Serializer[Any]):
    """Why a call was not taken."""

    row = serializers.IntegerField(help_text=_("Its place in the batch, from 1."))
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    message = serializers.CharField()
    mend = serializers.CharField()


class CallsTakenSerializer(serializers.Serializer[Any]):
    """What became of a batch."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField(help_text=_("Corrected by a higher revision."))
    unchanged = serializers.IntegerField(help_text=_("Known already."))
    refused = serializers.IntegerField(help_text=_("Not taken; the others are."))
    errors = RefusedCallSerializer(many=True)  # type: ignore[assignment]
