"""What somebody may do with an item now, and why another act has to wait. No query where the item is read for_page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agents.models import User
from feedback.enums import LAST_DISPUTE, Act, Addressee, Kind, Status, SuggestionState
from feedback.querysets import OPEN

RIGHTS: Mapping[Act, str] = {
    Act.ASSESS: "assess",
    Act.ANSWER: "answer",
    Act.CLOSE: "close",
    Act.CARRY_OUT: "carry_out",
    Act.VERIFY: "verify",
    Act.REWARD: "reward",
    Act.CONFIRM: "confirm",
    Act.DISPUTE: "confirm",
    Act.PUBLISH: "publish",
    Act.ASK_BACK: "ask_back",
    Act.SAY: "say",
    Act.HAND_ON: "hand_on",
    Act.NOTE: "note",
    Act.SHOW_REWARD: "show_reward",
    Act.WITHDRAW: "publish",
}
"""The right that each act needs, in the order in which a page offers them."""
OF_SUGGESTIONS = frozenset({Act.ASSESS, Act.CARRY_OUT, Act.VERIFY, Act.REWARD, Act.SHOW_REWARD})


@dataclass(frozen=True, slots=True)
class Choice:
    """An act for one person: possible now, or why not."""

    act: Act
    why: str = ""

    @property
    def possible(self) -> bool:
        """Say whether it can be done now."""
        return not self.why

    @property
    def label(self) -> str:
        """Return the act in words."""
        return str(self.act.label)


def choices(user: User, item: Any, *, now: datetime) -> list[Choice]:
    """Return the acts that this person has the right to, and that belong to an item of this kind."""
    return [
        Choice(act, WHY_NOT[act](item, now) if act in WHY_NOT else "")
        for act, right in RIGHTS.items()
        if belongs(act, item) and user.has_perm(f"feedback.{right}", item)
    ]


def belongs(act: Act, item: Any) -> bool:
    """Say whether an act is one for an item of this kind, and as far as it has come."""
    if act == Act.CLOSE:
        return bool(item.disputes >= LAST_DISPUTE)
    if act == Act.WITHDRAW:
        return item.published_at is not None
    if act == Act.HAND_ON:
        return bool(item.addressee == Addressee.DEPARTMENT)
    return item.kind == Kind.SUGGESTION or act not in OF_SUGGESTIONS


def _answer(item: Any, _now: datetime) -> str:
    if item.disputes >= LAST_DISPUTE:
        return _("The author has disputed this twice; there is no third answer.")
    return "" if item.status in OPEN else _("It is answered.")


def _hand_on(item: Any, now: datetime) -> str:
    if item.status != Status.SUBMITTED:
        return _("Only what a department has yet to answer can be handed on.")
    if hasattr(item, "hand_on"):
        return _("It was handed on before.")
    return _("The deadline has passed: the executives answer now.") if now >= item.due_at else ""


def _publish(item: Any, _now: datetime) -> str:
    if item.erased_at:
        return _("Its words are erased.")
    return _("Only what is answered can be published.") if item.status in OPEN else ""


def _talk(item: Any, _now: datetime) -> str:
    return _("It is closed.") if item.status == Status.CLOSED else ""


def _judge(item: Any, _now: datetime) -> str:
    if item.status == Status.CLOSED:
        return _("It is closed.")
    return "" if item.status == Status.ANSWERED else _("There is no answer yet.")


def _close(item: Any, _now: datetime) -> str:
    return "" if item.status == Status.DISPUTED else _("It is closed.")


def _at(*states: str) -> Callable[[Any, datetime], str]:
    def why(item: Any, _now: datetime) -> str:
        state = item.suggestion.state
        if state in states:
            return ""
        return _("Not while it is “%(state)s”.") % {"state": item.suggestion.get_state_display()}

    return why


def _reward(item: Any, now: datetime) -> str:
    if item.suggestion.rewarded_at:
        return _("It is rewarded.")
    return _at(SuggestionState.VERIFIED)(item, now)


def _show(item: Any, _now: datetime) -> str:
    return "" if item.suggestion.rewarded_at else _("There is no reward yet.")


WHY_NOT: Mapping[Act, Callable[[Any, datetime], str]] = {
    Act.ASSESS: _at(SuggestionState.OPEN, SuggestionState.ADOPTED),
    Act.ANSWER: _answer,
    Act.CLOSE: _close,
    Act.CARRY_OUT: _at(SuggestionState.ADOPTED),
    Act.VERIFY: _at(SuggestionState.CARRIED_OUT),
    Act.REWARD: _reward,
    Act.CONFIRM: _judge,
    Act.DISPUTE: _judge,
    Act.PUBLISH: _publish,
    Act.ASK_BACK: _talk,
    Act.SAY: _talk,
    Act.HAND_ON: _hand_on,
    Act.SHOW_REWARD: _show,
}
