"""Whoever is on leave is away: what escalates to them goes to a stand-in, or one level up."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from agents.models import Absence
from agents.services import record_absence, withdraw_absence
from callcenter.access import SYSTEM
from callcenter.errors import Conflict
from shifts.models import Leave


def enter(leave: Leave, *, now: datetime) -> None:
    """Record that the person is away for the time of an approved leave; where they are already, that stays as it is."""
    try:
        record_absence(
            actor=SYSTEM,
            person=leave.person,
            since=leave.starts_at,
            until=leave.ends_at,
            now=now,
            reason=str(leave),
        )
    except Conflict:
        # Somebody has recorded it by hand, perhaps with a stand-in: the person is away, which is all that counts here.
        return


def remove(leave: Leave, *, now: datetime) -> None:
    """Take the absence of a withdrawn leave back."""
    period = DateTimeTZRange(leave.starts_at, leave.ends_at)
    for absence in Absence.objects.filter(person=leave.person_id, period=period, reason=str(leave)):
        withdraw_absence(actor=SYSTEM, absence=absence, now=now)
