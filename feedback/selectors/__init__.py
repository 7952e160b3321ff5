"""Reads over feedback that need more than one table."""

from feedback.selectors.alike import Hint, hint
from feedback.selectors.choices import RIGHTS, Choice, belongs, choices
from feedback.selectors.items import Turn, talk, with_interests, with_public_answer
from feedback.selectors.owners import Desk, answer_policy, calendar_of, day_of_centre, working_hours
from feedback.selectors.standing import Standing, standing, with_time_left

__all__ = [
    "RIGHTS",
    "Choice",
    "Desk",
    "Hint",
    "Standing",
    "Turn",
    "answer_policy",
    "belongs",
    "calendar_of",
    "choices",
    "day_of_centre",
    "hint",
    "standing",
    "talk",
    "with_interests",
    "with_public_answer",
    "with_time_left",
    "working_hours",
]
