"""The words of employee feedback and the table of its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What an item is about, whoever answers it."""

    TOOLS = "tools", _("Work station and systems")
    ROSTER = "roster", _("Roster and leave")
    PAY = "pay", _("Pay and benefits")
    RULES = "rules", _("Rules and processes")
    TRAINING = "training", _("Training and growth")
    PLACE = "place", _("Rooms, food and transport")
    OTHER = "other", _("Something else")


class Kind(models.TextChoices):
    """What the author wants: an answer, or that something is done better (合理化建议)."""

    QUESTION = "question", pgettext_lazy("feedback", "Question")
    SUGGESTION = "suggestion", pgettext_lazy("feedback", "Suggestion")


class Addressee(models.TextChoices):
    """Who answers: a department, the supervisor of the author's site past the team lead (越级反馈), or the executives."""

    DEPARTMENT = "department", _("Department")
    SUPERVISOR = "supervisor", _("Supervisor, past the team lead")
    EXECUTIVE = "executive", _("Executive's office")


class Status(models.TextChoices):
    """Where an item is in its course."""

    SUBMITTED = "submitted", _("Waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("feedback", "Answered")
    DISPUTED = "disputed", _("Disputed")
    CLOSED = "closed", pgettext_lazy("feedback", "Closed")


STEPS: dict[str, frozenset[str]] = {
    Status.SUBMITTED: frozenset({Status.ANSWERED}),
    Status.ANSWERED: frozenset({Status.DISPUTED, Status.CLOSED}),
    Status.DISPUTED: frozenset({Status.ANSWERED, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}
"""A disputed item is answered anew by the executives; after the second dispute they alone close it, with a reason."""
LAST_DISPUTE = 2
"""After so many disputes there is no further answer: the executives close the item with a reason (domain §5)."""


class Escalation(models.TextChoices):
    """Why the executives answer."""

    OVERDUE = "overdue", _("No answer in time")
    DISPUTED = "disputed", _("The author is dissatisfied")


class Ending(models.TextChoices):
    """How an item came to its end."""

    CONFIRMED = "confirmed", _("Confirmed by the author")
    SILENCE = "silence", _("Nobody objected in time")
    EXECUTIVE = "executive", _("Closed by the executives")


class Interest(models.TextChoices):
    """What a reader of the board has to do with a public item."""

    ME_TOO = "me_too", _("Me too")
    FOLLOWS = "follows", _("Follow")


class SuggestionState(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", _("To be assessed")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Declined")
    CARRIED_OUT = "carried_out", _("Carried out")
    VERIFIED = "verified", pgettext_lazy("suggestion", "Verified")


SUGGESTION_STEPS: dict[str, frozenset[str]] = {
    SuggestionState.OPEN: frozenset({SuggestionState.ADOPTED, SuggestionState.DECLINED}),
    SuggestionState.ADOPTED: frozenset(
        {SuggestionState.ADOPTED, SuggestionState.CARRIED_OUT, SuggestionState.DECLINED}
    ),
    SuggestionState.CARRIED_OUT: frozenset({SuggestionState.VERIFIED, SuggestionState.ADOPTED}),
    SuggestionState.DECLINED: frozenset(),
    SuggestionState.VERIFIED: frozenset(),
}
"""What was carried out and does not hold goes back to adopted; what is adopted can get another date."""


class Act(models.TextChoices):
    """What people do with an item."""

    ANSWER = "answer", pgettext_lazy("feedback act", "Answer")
    ASK_BACK = "ask_back", _("Ask back")
    HAND_ON = "hand_on", _("Hand on")
    PUBLISH = "publish", pgettext_lazy("feedback act", "Publish")
    WITHDRAW = "withdraw", _("Take off the board")
    NOTE = "note", _("Write a note")
    SAY = "say", pgettext_lazy("feedback act", "Add something")
    CONFIRM = "confirm", _("Accept the answer")
    DISPUTE = "dispute", _("Dispute the answer")
    CLOSE = "close", _("Close with a reason")
    ASSESS = "assess", _("Adopt or decline")
    CARRY_OUT = "carry_out", _("Carried out")
    VERIFY = "verify", pgettext_lazy("feedback act", "Verify")
    REWARD = "reward", _("Reward")
    SHOW_REWARD = "show_reward", _("Show the reward on the board")


class Intake(models.TextChoices):
    """What waits in the intake for the next batch."""

    ITEM = "item", _("Item")
    WORD = "word", _("Word of the author")
    CONFIRMATION = "confirmation", _("Confirmation")
    DISPUTE = "dispute", _("Dispute")
    CLAIM = "claim", _("Claim of a reward")
