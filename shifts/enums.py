"""The words of rostering, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEP_MINUTES = 30
"""Cover, demand and leave are counted in half hours."""


class RosterState(models.TextChoices):
    """Whether agents have been told of it."""

    DRAFT = "draft", pgettext_lazy("roster", "Draft")
    PUBLISHED = "published", pgettext_lazy("roster", "Published")


class BreakKind(models.TextChoices):
    """What a break within a shift is for; lunch is what peak periods watch."""

    LUNCH = "lunch", _("Lunch")
    REST = "rest", _("Short break")


class OccupancyKind(models.TextChoices):
    """What a person's time is taken by. Working, a break within a shift, or leave: never two at once."""

    WORK = "work", _("At work")
    BREAK = "break", _("On a break")
    LEAVE = "leave", _("On leave")


class Origin(models.TextChoices):
    """Where a number of the plan comes from; what was entered or imported is not overwritten by what is computed."""

    ENTERED = "entered", _("Entered")
    IMPORTED = "imported", _("Imported")
    FORECAST = "forecast", _("Forecast")
    COMPUTED = "computed", _("Computed")


class LeaveState(models.TextChoices):
    """The course of a leave: asked for, decided by the lead, filed by general affairs."""

    REQUESTED = "requested", pgettext_lazy("state", "Asked for")
    APPROVED = "approved", _("Approved")
    FILED = "filed", _("Filed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not decided in time")


LEAVE_STEPS: dict[str, set[str]] = {
    LeaveState.REQUESTED: {
        LeaveState.APPROVED,
        LeaveState.REFUSED,
        LeaveState.WITHDRAWN,
        LeaveState.LAPSED,
    },
    LeaveState.APPROVED: {LeaveState.FILED, LeaveState.WITHDRAWN},
    LeaveState.FILED: {LeaveState.WITHDRAWN},
    LeaveState.REFUSED: set(),
    LeaveState.WITHDRAWN: set(),
    LeaveState.LAPSED: set(),
}


class EntryKind(models.TextChoices):
    """Why a leave balance moved."""

    GRANT = "grant", _("Yearly grant")
    CARRY = "carry", _("Carried over")
    EXPIRY = "expiry", _("Carried over and not used in time")
    HOLD = "hold", _("Held for a request")
    RETURN = "return", _("Given back")
    CORRECTION = "correction", _("Correction")


class ChangeKind(models.TextChoices):
    """What an agent can ask to change in a published roster."""

    SWAP = "swap", _("Swap")
    SUBSTITUTE = "substitute", _("Substitute")
    EXTEND = "extend", _("Extension")
    PICK_UP = "pick_up", _("Open shift")
    FLEXIBLE = "flexible", _("Flexible hour")


class ChangeState(models.TextChoices):
    """The course of a change: the colleague accepts, the lead approves, general affairs file it."""

    ASKED = "asked", _("Waits for the colleague")
    ACCEPTED = "accepted", _("Waits for the lead")
    APPROVED = "approved", _("Waits to be filed")
    FILED = "filed", _("Filed")
    DECLINED = "declined", _("Declined by the colleague")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not decided in time")


CHANGE_STEPS: dict[str, set[str]] = {
    ChangeState.ASKED: {
        ChangeState.ACCEPTED,
        ChangeState.DECLINED,
        ChangeState.WITHDRAWN,
        ChangeState.LAPSED,
    },
    ChangeState.ACCEPTED: {
        ChangeState.APPROVED,
        ChangeState.REFUSED,
        ChangeState.WITHDRAWN,
        ChangeState.LAPSED,
    },
    ChangeState.APPROVED: {ChangeState.FILED},
    ChangeState.FILED: set(),
    ChangeState.DECLINED: set(),
    ChangeState.REFUSED: set(),
    ChangeState.WITHDRAWN: set(),
    ChangeState.LAPSED: set(),
}


class WishKind(models.TextChoices):
    """What a standing personal rule asks of the roster."""

    DAY_OFF = "day_off", _("Day off")
    DONE_BY = "done_by", _("Finished by")
    NOT_BEFORE = "not_before", _("Not before")
    PATTERN = "pattern", _("A pattern")


class WishState(models.TextChoices):
    """Whether the lead agreed that rostering honours it where cover allows."""

    ASKED = "asked", pgettext_lazy("state", "Asked for")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")


class PunchKind(models.TextChoices):
    """One mark of the clock."""

    IN = "in", _("Clocked in")
    OUT = "out", _("Clocked out")


class Attended(models.TextChoices):
    """How a day at work went, by rule."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    LEFT_EARLY = "left_early", _("Left early")
    LATE_AND_EARLY = "late_and_early", _("Late, and left early")
    ABSENT = "absent", _("Absent")


class CorrectionState(models.TextChoices):
    """The course of a correction of attendance."""

    ASKED = "asked", pgettext_lazy("state", "Asked for")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class AgentState(models.TextChoices):
    """What a telephone system says that an agent is doing."""

    AVAILABLE = "available", _("Available")
    ON_CALL = "on_call", _("On a call")
    WRAP_UP = "wrap_up", _("Wrap-up")
    PAUSE = "pause", _("Pause")
    MEETING = "meeting", _("Meeting or training")
    OFFLINE = "offline", _("Signed out")


AT_WORK = frozenset({AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.MEETING})
"""The states that are right while a shift says work; on a break, PAUSE and OFFLINE are."""
