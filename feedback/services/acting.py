"""Every act on an item by its name: pages and REST ask for it here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from agents.models import User
from feedback.enums import Act
from feedback.services.answering import answer_item, ask_back, hand_on, say, write_note
from feedback.services.confirming import SurveyFacts, close_by_executive, confirm, dispute
from feedback.services.publishing import publish, withdraw_publication
from feedback.services.suggesting import (
    assess_suggestion,
    carry_out_suggestion,
    reward_suggestion,
    show_reward,
    verify_suggestion,
)


def _confirm(*, survey: Mapping[str, Any] | None, **who: Any) -> Any:
    return confirm(survey=SurveyFacts(**survey) if survey else None, **who)


SERVICES: Mapping[Act, Callable[..., Any]] = {
    Act.ANSWER: answer_item,
    Act.ASK_BACK: ask_back,
    Act.HAND_ON: hand_on,
    Act.PUBLISH: publish,
    Act.WITHDRAW: withdraw_publication,
    Act.NOTE: write_note,
    Act.SAY: say,
    Act.CONFIRM: _confirm,
    Act.DISPUTE: dispute,
    Act.CLOSE: close_by_executive,
    Act.ASSESS: assess_suggestion,
    Act.CARRY_OUT: carry_out_suggestion,
    Act.VERIFY: verify_suggestion,
    Act.REWARD: reward_suggestion,
    Act.SHOW_REWARD: show_reward,
}


def perform(act: Act, *, actor: User, item_id: int, now: datetime, **given: Any) -> Any:
    """Do what `act` names and return what came of it; `given` are the arguments of its service, a survey as plain facts."""
    return SERVICES[act](actor=actor, item_id=item_id, now=now, **given)
