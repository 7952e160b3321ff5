"""Employee feedback: items and what is said about them, suggestions, and the right to post without a name."""

from feedback.models.anonymity import FeedbackPolicy, Issue, SigningKey, SpentToken, Waiting
from feedback.models.deadline import Deadline
from feedback.models.item import (
    Answer,
    Author,
    Backing,
    Dispute,
    File,
    HandOn,
    Item,
    Note,
    Survey,
    Word,
)
from feedback.models.report import Report
from feedback.models.suggestion import Claim, Suggestion
from feedback.models.wording import Wording

__all__ = [
    "Answer",
    "Author",
    "Backing",
    "Claim",
    "Deadline",
    "Dispute",
    "FeedbackPolicy",
    "File",
    "HandOn",
    "Issue",
    "Item",
    "Note",
    "Report",
    "SigningKey",
    "SpentToken",
    "Suggestion",
    "Survey",
    "Waiting",
    "Word",
    "Wording",
]
