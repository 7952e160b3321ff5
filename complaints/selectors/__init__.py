"""Reads over complaints that need more than one table."""

from complaints.selectors.acceptance import handler_for, next_reference, policy_for, team_on
from complaints.selectors.answering import Level, levels, next_level, rung_above
from complaints.selectors.clocks import per_cent_used, with_clock, with_time_left
from complaints.selectors.desk import Ended, Load, Standing, ended, loads, standing
from complaints.selectors.pauses import pause_days, pause_limit, paused_seconds
from complaints.selectors.story import Event, Stage, course, timeline, with_history, written_by_people

__all__ = [
    "Ended",
    "Event",
    "Level",
    "Load",
    "Stage",
    "Standing",
    "course",
    "ended",
    "handler_for",
    "levels",
    "loads",
    "next_level",
    "next_reference",
    "pause_days",
    "pause_limit",
    "paused_seconds",
    "per_cent_used",
    "policy_for",
    "rung_above",
    "standing",
    "team_on",
    "timeline",
    "with_clock",
    "with_history",
    "with_time_left",
    "written_by_people",
]
