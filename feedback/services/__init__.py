"""Every write about feedback. Messages and audit name the item and never quote it: mail and outbox have other readers."""

from feedback.services.answering import answer_item, ask_back, hand_on, say, say_unnamed, write_note
from feedback.services.submitting import CleanFile, Wish, admit, check_wish, submit_item

__all__ = [
    "CleanFile",
    "Wish",
    "admit",
    "answer_item",
    "ask_back",
    "check_wish",
    "hand_on",
    "say",
    "say_unnamed",
    "submit_item",
    "write_note",
]
