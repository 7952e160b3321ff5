"""Reads over complaints that need more than one table."""

from complaints.selectors.acceptance import (
    handler_for,
    next_reference,
    policies_for,
    policy_for,
    team_on,
)
from complaints.selectors.answering import Level, levels, next_level, rung_above
from complaints.selectors.case import Case, case_of, for_case, ruling_of
from complaints.selectors.choices import Choice, choices, next_acts
from complaints.selectors.clocks import (
    Reading,
    amount_in_words,
    left_of,
    per_cent_used,
    readings,
    with_clock,
    with_time_left,
)
from complaints.selectors.closing import missing_for_closing
from complaints.selectors.desk import Ended, Load, Standing, ended, loads, standing
from complaints.selectors.facts import told_facts
from complaints.selectors.full import for_full, in_full
from complaints.selectors.history import happenings
from complaints.selectors.pauses import pause_days, pause_limit, paused_seconds
from complaints.selectors.policies import Followed, customers_in_words, followed
from complaints.selectors.questions import open_questions, questions_to
from complaints.selectors.recording import others_of, people_called
from complaints.selectors.story import (
    Event,
    Stage,
    by_machine,
    by_people,
    course,
    timeline,
    with_history,
)
from complaints.selectors.todo import Task, tasks_of

__all__ = [
    "Case",
    "Choice",
    "Ended",
    "Event",
    "Followed",
    "Level",
    "Load",
    "Reading",
    "Stage",
    "Standing",
    "Task",
    "amount_in_words",
    "by_machine",
    "by_people",
    "case_of",
    "choices",
    "course",
    "customers_in_words",
    "ended",
    "followed",
    "for_case",
    "for_full",
    "handler_for",
    "happenings",
    "in_full",
    "left_of",
    "levels",
    "loads",
    "missing_for_closing",
    "next_acts",
    "next_level",
    "next_reference",
    "open_questions",
    "others_of",
    "pause_days",
    "pause_limit",
    "paused_seconds",
    "people_called",
    "per_cent_used",
    "policies_for",
    "policy_for",
    "questions_to",
    "readings",
    "ruling_of",
    "rung_above",
    "standing",
    "tasks_of",
    "team_on",
    "timeline",
    "told_facts",
    "with_clock",
    "with_history",
    "with_time_left",
]
