"""Aims: proposed by one side, agreed by the other, settled by the figure when their days are over."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from agents.notices import notices
from agents.selectors import direct_superior
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.outbox import queue
from callcenter.state import check_step
from kpi.enums.schemes import AIM_STEPS, AimKind, AimState
from kpi.facts import AimFacts
from kpi.metrics import REGISTRY
from kpi.models import Aim, Interview
from kpi.selectors import aims as read
from kpi.selectors.assessing import can_score
from kpi.services.wanted import check_wanted

LONGEST = timedelta(days=366)
SETTLED_AT_ONCE = 200


@transaction.atomic
def propose_aim(
    *, actor: User, person: User, facts: AimFacts, interview: Interview | None = None, now: datetime
) -> Aim:
    """Propose a figure to reach: for oneself a goal of one's own, for somebody else an improvement plan."""
    require(actor, "kpi.propose_aim", person)
    _check(facts, person.day_at(now))
    if interview and interview.person_id != person.pk:
        raise DomainError(_("This interview was with another."), field="interview", mend=_("Choose theirs."))
    aim = Aim.objects.create(
        person=person,
        kind=AimKind.OWN if actor.pk == person.pk else AimKind.PLAN,
        interview=interview,
        proposed_by=actor,
        proposed_at=now,
        before=read.before(person.work_number, facts.metric, facts.since, facts.until),
        **asdict(facts),
    )
    named = {"person": str(person), "metric": facts.metric, "goal": facts.goal}
    log.record(actor, "aim.proposed", aim, now=now, **named)
    _tell(aim, "aim_proposed", _other_side(aim, now), now)
    return aim


def _check(facts: AimFacts, today: date) -> None:
    if facts.metric not in REGISTRY or not can_score(REGISTRY[facts.metric]):
        raise DomainError(
            _("Nobody has this figure alone."), field="metric", mend=_("Choose one of the list.")
        )
    check_wanted(REGISTRY[facts.metric], facts.goal, field="goal")
    if not facts.measures.strip():
        raise DomainError(
            _("This is missing."), code="required", field="measures", mend=_("Say what is done for it.")
        )
    if facts.until < facts.since or facts.until - facts.since > LONGEST:
        raise DomainError(
            _("An aim runs for a day to a year."), field="until", mend=_("Choose another last day.")
        )
    if facts.until < today:
        raise DomainError(_("This day is over."), field="until", mend=_("Choose a day to come."))


@transaction.atomic
def answer_aim(*, actor: User, aim_id: int, agrees: bool, answer: str = "", now: datetime) -> Aim:
    """Agree to an aim, or decline it and say why; by the other side of who proposed it."""
    aim = _locked(aim_id)
    require(actor, "kpi.answer_aim", aim)
    state = AimState.AGREED if agrees else AimState.DECLINED
    check_step(AIM_STEPS, aim.state, state)
    if not agrees and not answer.strip():
        raise DomainError(
            _("The reason is missing."), code="required", field="answer", mend=_("Say why it is declined.")
        )
    aim.state, aim.answered_by, aim.answered_at, aim.answer = state, actor, now, answer.strip()
    aim.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    log.record(actor, f"aim.{state}", aim, now=now)
    queue.cancel(aim.topic)
    _tell(aim, f"aim_{state}", [aim.proposed_by], now)
    return aim


@transaction.atomic
def withdraw_aim(*, actor: User, aim_id: int, now: datetime) -> Aim:
    """End an aim before its time."""
    aim = _locked(aim_id)
    require(actor, "kpi.withdraw_aim", aim)
    check_step(AIM_STEPS, aim.state, AimState.WITHDRAWN)
    aim.state = AimState.WITHDRAWN
    aim.save(update_fields=["state"])
    log.record(actor, "aim.withdrawn", aim, now=now)
    queue.cancel(aim.topic)
    return aim


def remind(*, today: date, now: datetime) -> int:
    """Remind of aims that begin and were not answered, each once; return how many there are."""
    waiting = Aim.objects.filter(state=AimState.PROPOSED, since__lte=today, until__gte=today).for_list()
    found = list(waiting.order_by("since", "pk")[:SETTLED_AT_ONCE])
    for aim in found:
        _tell(aim, "aim_waiting", _other_side(aim, now), now)
    return len(found)


def settle(*, today: date, now: datetime, actor: Actor = SYSTEM) -> int:
    """Read the figure of agreed aims whose days are over, and tell both sides; return how many were settled."""
    keys = list(
        Aim.objects.over(today).order_by("until", "pk").values_list("pk", flat=True)[:SETTLED_AT_ONCE]
    )
    return sum(_settle(actor, key, now) for key in keys)


@transaction.atomic
def _settle(actor: Actor, aim_id: int, now: datetime) -> bool:
    aim = _locked(aim_id)
    if aim.state != AimState.AGREED:
        return False
    # Late calls may have changed what was known when it was proposed.
    aim.before = read.before(aim.person.work_number, aim.metric, aim.since, aim.until)
    aim.after = read.figure(aim.person.work_number, aim.metric, aim.since, aim.until)
    if aim.after is None:
        aim.state = AimState.UNKNOWN
    else:
        reached = read.is_reached(aim.metric, aim.after, aim.goal)
        aim.state = AimState.REACHED if reached else AimState.MISSED
    aim.settled_at = now
    aim.save(update_fields=["before", "after", "state", "settled_at"])
    log.record(actor, "aim.settled", aim, now=now, outcome=aim.state, before=aim.before, after=aim.after)
    people = {one.pk: one for one in (aim.person, aim.proposed_by, aim.answered_by) if one}
    _tell(aim, "aim_settled", list(people.values()), now)
    return True


def _other_side(aim: Aim, now: datetime) -> list[User]:
    """Return who is asked to agree: the person, or whoever is their direct superior."""
    if aim.kind == AimKind.PLAN:
        return [aim.person]
    lead = direct_superior(aim.person, aim.person.day_at(now))
    return [lead] if lead else []


def _tell(aim: Aim, event: str, people: list[User], now: datetime) -> None:
    queue.enqueue(
        notices(
            f"{aim.topic}:{event}",
            people,
            template=f"kpi/notify/{event}",
            context={
                "person": str(aim.person),
                "by": str(aim.proposed_by),
                "until": aim.until.isoformat(),
                "path": aim.get_absolute_url(),
            },
            topic=aim.topic,
            now=now,
        )
    )


def _locked(aim_id: int) -> Aim:
    rows: Any = Aim.objects.select_for_update(of=("self",)).select_related(
        "person__site__calendar", "proposed_by__site__calendar", "answered_by__site__calendar"
    )
    aim: Aim = rows.get(pk=aim_id)
    return aim
