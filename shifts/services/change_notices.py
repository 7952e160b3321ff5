"""Notices about changes: to whoever is next to agree, and to both about what became of it. They never quote a reason."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from agents.models import User
from agents.notices import notices
from agents.selectors import organisation
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from shifts.enums import ChangeState
from shifts.models import Change

TIMES = ("starts_at", "ends_at", "other_starts_at", "other_ends_at", "new_starts_at", "new_ends_at", "due_at")


def tell(change: Change, event: str, people: Collection[User], *, now: datetime) -> None:
    """Tell `people` what became of a change; what was told before and has not arrived is called back."""
    queue.cancel(change.topic)
    queue.enqueue(_messages(change, event, people, now))


def tell_next(change: Change, *, now: datetime) -> None:
    """Ask the colleague or the lead to agree; whoever asked hears that the colleague did."""
    queue.cancel(change.topic)
    if change.state == ChangeState.ASKED and change.colleague:
        queue.enqueue(_messages(change, "asked", [change.colleague], now))
        return
    queue.enqueue(_messages(change, "to_decide", deciders(change, now=now), now))
    if change.colleague:
        queue.enqueue(_messages(change, "accepted", [change.person], now))


def deciders(change: Change, *, now: datetime) -> list[User]:
    """Return who decides for the two at `now`: their leads, for one away the stand-in or the next one up; neither of the two."""
    parties = [key for key in (change.person_id, change.colleague_id) if key]
    house = organisation(parties, now=now)
    rungs = [house.rung_above(person, 0, conflicted=parties) for person in parties]
    keys = {key for rung in rungs if rung for key in rung.people} - set(parties)
    people = User.objects.filter(pk__in=keys, is_active=True).order_by("pk")
    return list(people.select_related("site__calendar"))


def _messages(change: Change, event: str, people: Collection[User], now: datetime) -> Iterator[Message]:
    facts: dict[str, Any] = {name: _iso(getattr(change, name)) for name in TIMES}
    facts |= {
        "reference": str(change),
        "kind": change.kind,
        "person": change.person.name,
        "colleague": change.colleague.name if change.colleague else "",
        "path": change.get_absolute_url(),
    }
    return notices(
        f"{change.topic}:{event}",
        people,
        template=f"shifts/notify/change_{event}",
        context=facts,
        topic=change.topic,
        now=now,
    )


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
