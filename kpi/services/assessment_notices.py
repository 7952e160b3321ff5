"""Notices about scores: to each person about their own, to who decides about an appeal. They never quote a score."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from agents.models import RoleGrant, User
from agents.notices import mail_times, notices
from callcenter.access import Role
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from kpi.models import Appeal, Assessment, Scorecard

RANKS = ((Role.SUPERVISOR,), (Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER), (Role.EXECUTIVE,))
"""Who makes assessments and decides about them, the nearest first."""


def begun(assessment: Assessment, *, now: datetime) -> None:
    """Tell whoever makes the assessment that it was computed by itself and waits for them."""
    queue.enqueue(
        notices(
            f"{assessment.topic}:begun",
            _nearest("kpi.assess", assessment, now),
            template="kpi/notify/assessment_begun",
            context={
                "month": f"{assessment.month:%Y-%m}",
                "site": assessment.site.name,
                "role": assessment.role,
                "path": assessment.get_absolute_url(),
            },
            topic=assessment.topic,
            now=now,
        )
    )


def published(assessment: Assessment, *, now: datetime) -> None:
    """Tell everybody who is assessed that their score can be read, and until when they can appeal."""
    cards = list(
        assessment.cards.filter(person__is_active=True)
        .select_related("person__site__calendar")
        .order_by("pk")
    )
    times = mail_times([card.person for card in cards], now)

    def told() -> Iterator[Message]:
        for card in cards:
            yield from notices(
                f"scorecard:{card.pk}:published",
                [card.person],
                template="kpi/notify/score_published",
                context=_context(assessment, card),
                topic=assessment.topic,
                now=now,
                times=times,
            )

    queue.enqueue(told())


def appealed(appeal: Appeal, *, now: datetime) -> None:
    """Tell whoever may decide an appeal."""
    _tell(appeal.card, "score_appealed", judges(appeal.card, now), now)


def decided(appeal: Appeal, *, now: datetime) -> None:
    """Tell the person that their appeal is decided."""
    _tell(appeal.card, "score_decided", [appeal.card.person], now)


def judges(card: Scorecard, now: datetime) -> list[User]:
    """Return the people nearest above who may decide about the scorecard: at the site, else in the department."""
    return _nearest("kpi.decide_appeal", card, now)


def _nearest(perm: str, thing: Any, now: datetime) -> list[User]:
    """Return who may do it, of the nearest rank of which there is anybody."""
    for roles in RANKS:
        holders = RoleGrant.objects.on(now.date()).filter(role__in=roles)
        people = User.objects.filter(pk__in=holders.values("person"), is_active=True)
        able = [one for one in people.select_related("site__calendar") if one.has_perm(perm, thing)]
        if able:
            return able
    return []


def _tell(card: Scorecard, event: str, people: Collection[User], now: datetime) -> None:
    queue.enqueue(
        notices(
            f"scorecard:{card.pk}:{event}",
            list(people),
            template=f"kpi/notify/{event}",
            context=_context(card.assessment, card),
            topic=card.assessment.topic,
            now=now,
        )
    )


def _context(assessment: Assessment, card: Scorecard) -> dict[str, str]:
    return {
        "month": f"{assessment.month:%Y-%m}",
        "person": str(card.person),
        "appeal_ends_at": assessment.appeal_until.isoformat() if assessment.appeal_until else "",
        "path": card.get_absolute_url(),
    }
