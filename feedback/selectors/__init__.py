"""Reads over feedback that need more than one table."""

from feedback.selectors.items import Turn, talk, with_public_answer
from feedback.selectors.owners import Desk, answer_policy, calendar_of, day_of_centre, working_hours
from feedback.selectors.standing import Standing, standing, with_time_left

__all__ = [
    "Desk",
    "Standing",
    "Turn",
    "answer_policy",
    "calendar_of",
    "day_of_centre",
    "standing",
    "talk",
    "with_public_answer",
    "with_time_left",
    "working_hours",
]
