"""Rosters, cover, leave, changes, attendance."""

from shifts.models.attendance import Attendance, Correction, Punch, StateSpan
from shifts.models.changes import Change, Wish
from shifts.models.demand import Demand, Peak, PeakTemplate, QueueGoal, Requirement
from shifts.models.leave import Leave, LeaveEntry, LeaveType
from shifts.models.patterns import Pattern, PatternBreak, Rotation, RotationDay
from shifts.models.rosters import Occupancy, Roster, Shift, ShiftBreak, SiteRules
from shifts.models.runs import AutoRun, Feed

__all__ = [
    "Attendance",
    "AutoRun",
    "Change",
    "Correction",
    "Demand",
    "Feed",
    "Leave",
    "LeaveEntry",
    "LeaveType",
    "Occupancy",
    "Pattern",
    "PatternBreak",
    "Peak",
    "PeakTemplate",
    "Punch",
    "QueueGoal",
    "Requirement",
    "Roster",
    "Rotation",
    "RotationDay",
    "Shift",
    "ShiftBreak",
    "SiteRules",
    "StateSpan",
    "Wish",
]
