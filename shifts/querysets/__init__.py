"""Which rows of the roster somebody sees, and how lists read them; a module for each concern."""

from shifts.querysets.attendance import AttendanceQuerySet, CorrectionQuerySet, StateSpanQuerySet
from shifts.querysets.changes import ChangeQuerySet, WishQuerySet
from shifts.querysets.leave import LeaveEntryQuerySet, LeaveQuerySet
from shifts.querysets.rosters import OccupancyQuerySet, RosterQuerySet, ShiftQuerySet

__all__ = [
    "AttendanceQuerySet",
    "ChangeQuerySet",
    "CorrectionQuerySet",
    "LeaveEntryQuerySet",
    "LeaveQuerySet",
    "OccupancyQuerySet",
    "RosterQuerySet",
    "ShiftQuerySet",
    "StateSpanQuerySet",
    "WishQuerySet",
]
