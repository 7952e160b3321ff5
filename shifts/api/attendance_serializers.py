"""The shape of attendance, the own roster and logged states over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from shifts.enums import AgentState, PunchKind
from shifts.models import Attendance, Correction, StateSpan
from shifts.selectors import adherence

MOST_ROWS = 5000
BY = ("person", "day", "team")


class WorkNumber(serializers.CharField):
    """Somebody, by work number; to be read only."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        super().__init__(source=f"{source}.work_number", read_only=True, **kwargs)


class AdherenceSerializer(serializers.Serializer[Any]):
    """Seconds planned, logged and as planned."""

    scheduled = serializers.IntegerField()
    logged = serializers.IntegerField()
    right = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True, help_text=_("Null where nothing was logged."))


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    """How a published shift was attended."""

    person = WorkNumber("person")
    adherence = serializers.SerializerMethodField(help_text=_("Null while the shift goes on."))

    class Meta:
        model = Attendance
        fields = (
            "id",
            "person",
            "shift",
            "day",
            "begins_at",
            "ends_at",
            "came_at",
            "left_at",
            "late_minutes",
            "early_minutes",
            "result",
            "adherence",
        )

    def get_adherence(self, row: Attendance) -> AdherenceSerializer(allow_null=True):  # type: ignore[valid-type] # read by the schema
        """Return the adherence, if it is known yet."""
        found = adherence.of_row(row)
        return AdherenceSerializer(found).data if found else None


class AttendanceCorrectionSerializer(serializers.ModelSerializer[Correction]):
    """What a person says that the clock should have shown."""

    person = WorkNumber("person")
    day = serializers.DateField(source="shift.day")
    decided_by = WorkNumber("decided_by", default=None, allow_null=True)

    class Meta:
        model = Correction
        fields = (
            "id",
            "person",
            "shift",
            "day",
            "came_at",
            "left_at",
            "reason",
            "state",
            "asked_at",
            "decided_by",
            "decided_at",
            "decision",
        )


class AskAttendanceCorrectionSerializer(serializers.Serializer[Any]):
    """A correction of an own shift; one of the two times is enough."""

    shift = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    came_at = serializers.DateTimeField(allow_null=True, default=None)
    left_at = serializers.DateTimeField(allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)


class ApproveCorrectionSerializer(serializers.Serializer[Any]):
    """A word to the person."""

    decision = serializers.CharField(max_length=300, allow_blank=True, default="")


class RefuseCorrectionSerializer(serializers.Serializer[Any]):
    """Why it is refused."""

    decision = serializers.CharField(max_length=300)


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing needs to be said."""


class ClockSerializer(serializers.Serializer[Any]):
    """Which mark to make."""

    kind = serializers.ChoiceField(PunchKind.choices)


class ClockedSerializer(serializers.Serializer[Any]):
    """The mark of the clock that holds now."""

    kind = serializers.ChoiceField(PunchKind.choices, source="punch.kind")
    at = serializers.DateTimeField(source="punch.at")
    is_new = serializers.BooleanField(help_text=_("False if the person was clocked so already."))
    shift = serializers.IntegerField(allow_null=True, help_text=_("The shift that it belongs to."))


class ShiftPartSerializer(serializers.Serializer[Any]):
    """A part of a shift."""

    kind = serializers.CharField(help_text=_("work or break"))
    break_kind = serializers.CharField(allow_null=True, help_text=_("lunch or rest; null at work"))
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class MyShiftSerializer(serializers.Serializer[Any]):
    """A published shift as leave has left it."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField()
    skill = serializers.CharField()
    site = serializers.CharField()
    note = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(help_text=_("At work, breaks left out."))
    parts = ShiftPartSerializer(many=True)


class MyLeaveSerializer(serializers.Serializer[Any]):
    """Leave on a day."""

    id = serializers.IntegerField(source="pk")
    type = serializers.CharField(source="type.code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    state = serializers.CharField()


class MyChangeSerializer(serializers.Serializer[Any]):
    """A change that waits."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    state = serializers.CharField()
    shift = serializers.IntegerField(source="shift_id")


class MeetingSerializer(serializers.Serializer[Any]):
    """A regular meeting."""

    label = serializers.CharField()  # type: ignore[assignment] # an attribute of fields has the name too
    at = serializers.TimeField()


class MyDaySerializer(serializers.Serializer[Any]):
    """A local day of the caller."""

    date = serializers.DateField()
    shifts = MyShiftSerializer(many=True)
    leave = MyLeaveSerializer(many=True)
    changes = MyChangeSerializer(many=True)
    meetings = MeetingSerializer(many=True)


class MyDaysSerializer(serializers.Serializer[Any]):
    """Days in order."""

    results = MyDaySerializer(many=True)


class DaysAskedSerializer(serializers.Serializer[Any]):
    """Days that are asked for."""

    since = serializers.DateField(help_text=_("The first day."))
    until = serializers.DateField(help_text=_("The last day, included."))


class TotalsAskedSerializer(DaysAskedSerializer):
    """Days, and what is summed up."""

    by = serializers.ChoiceField(BY, default="team")


class AdherenceTotalSerializer(serializers.Serializer[Any]):
    """The adherence of a team, a person or a day."""

    key = serializers.CharField(
        help_text=_("Number of the team, work number or day; null without a team."), allow_null=True
    )
    name = serializers.CharField()
    shifts = serializers.IntegerField()
    adherence = AdherenceSerializer()


class AdherenceTotalsSerializer(serializers.Serializer[Any]):
    """Sums by name."""

    results = AdherenceTotalSerializer(many=True)


class StateSpanSerializer(serializers.ModelSerializer[StateSpan]):
    """A logged state; an end of null is not known yet."""

    person = WorkNumber("person")
    starts_at = serializers.DateTimeField(source="period.lower")
    ends_at = serializers.DateTimeField(source="period.upper", allow_null=True)

    class Meta:
        model = StateSpan
        fields = ("id", "person", "state", "starts_at", "ends_at", "source")


class StateRowSerializer(serializers.Serializer[Any]):
    """What an agent did; without an end, until the next state."""

    person = serializers.CharField(max_length=20, help_text=_("Work number."))
    state = serializers.ChoiceField(AgentState.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True, default=None)


class StateBatchSerializer(serializers.Serializer[Any]):
    """A batch of one source."""

    source = serializers.CharField(max_length=80)  # type: ignore[assignment] # an attribute of fields has the name too
    spans = StateRowSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)  # type: ignore[call-arg] # of the list


class StateRefusedSerializer(serializers.Serializer[Any]):
    """A row that was not taken."""

    row = serializers.IntegerField(help_text=_("Its place in the batch, from 1."))
    field = serializers.CharField()
    reason = serializers.CharField()


class StatesTakenSerializer(serializers.Serializer[Any]):
    """What became of a batch."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = StateRefusedSerializer(many=True)


class CalendarFeedSerializer(serializers.Serializer[Any]):
    """The calendar address of the caller, which cannot be read again."""

    made_at = serializers.DateTimeField(allow_null=True, help_text=_("Null where there is none."))
    read_at = serializers.DateTimeField(allow_null=True)


class MadeCalendarFeedSerializer(serializers.Serializer[Any]):
    """A new calendar address."""

    address = serializers.CharField(help_text=_("Shown this once."))
    made_at = serializers.DateTimeField()
