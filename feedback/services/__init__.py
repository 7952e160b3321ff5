"""Every write about feedback. Messages and audit name the item and never quote it: mail and outbox have other readers."""

from feedback.services.acting import perform
from feedback.services.answering import answer_item, ask_back, hand_on, say, say_unnamed, write_note
from feedback.services.confirming import (
    SurveyFacts,
    close_by_executive,
    confirm,
    confirm_unnamed,
    dispute,
    dispute_unnamed,
)
from feedback.services.escalating import close_silent, escalate_overdue, remind_of_suggestions
from feedback.services.forgetting import erase_old
from feedback.services.publishing import back, publish, unback, withdraw_publication
from feedback.services.reporting import make_reports, note_taken
from feedback.services.setting import set_policy
from feedback.services.submitting import CleanFile, Wish, admit, check_wish, submit_item
from feedback.services.suggesting import (
    assess_suggestion,
    carry_out_suggestion,
    claim_reward,
    reward_suggestion,
    show_reward,
    verify_suggestion,
)

__all__ = [
    "CleanFile",
    "SurveyFacts",
    "Wish",
    "admit",
    "answer_item",
    "ask_back",
    "assess_suggestion",
    "back",
    "carry_out_suggestion",
    "check_wish",
    "claim_reward",
    "close_by_executive",
    "close_silent",
    "confirm",
    "confirm_unnamed",
    "dispute",
    "dispute_unnamed",
    "erase_old",
    "escalate_overdue",
    "hand_on",
    "make_reports",
    "note_taken",
    "perform",
    "publish",
    "remind_of_suggestions",
    "reward_suggestion",
    "say",
    "say_unnamed",
    "set_policy",
    "show_reward",
    "submit_item",
    "unback",
    "verify_suggestion",
    "withdraw_publication",
    "write_note",
]
