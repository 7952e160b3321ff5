"""Who answers for a complaint: who did, who does, and who will if nothing is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from agents.ladder import Organisation, Rung
from agents.models import User
from agents.selectors import organisation
from complaints.enums import AlertKind, ClockKind
from complaints.escalation import Face, outlook


@dataclass(frozen=True, slots=True)
class Level:
    """A level of escalation (0: the handler), its people, and since when or from when they answer.

    `state` is “past”, “now” or “next”. On the highest level all executives answer together.
    """

    number: int
    people: tuple[User, ...]
    at: datetime
    state: str

    @property
    def name(self) -> str:
        """Name who answers; of several the first, and how many more."""
        first, others = self.people[0].name, len(self.people) - 1
        if not others:
            return first
        return ngettext("%(name)s and %(n)s more", "%(name)s and %(n)s more", others) % {
            "name": first,
            "n": others,
        }


def levels(complaint: Any, *, now: datetime, house: Organisation | None = None) -> list[Level]:
    """Return who answered, answers, and will answer for a complaint `with_history` and `with_clock`.

    `house` is the organisation around the handler if the caller has read it, with the complaint's `people`.
    """
    house = house or organisation({complaint.handler_id}, now=now)
    reached = [(0, complaint.handler, complaint.received_at), *_escalations(complaint)]
    if (
        reached[-1][1].pk != complaint.responsible_id
    ):  # one that reopened came to the next level without an alert
        reached.append((complaint.level, complaint.responsible, complaint.clock.starts_at))
    *past, (number, person, since) = reached
    return [
        *(Level(level, (before,), at, "past") for level, before, at in past),
        Level(number, (person,), since, "past" if complaint.resolved_at else "now"),
        *_to_come(complaint, house),
    ]


def next_level(levels: list[Level]) -> Level | None:
    """Return the level that follows if nothing is done; None at the top and after the end."""
    return next((level for level in levels if level.state == "next"), None)


def _escalations(complaint: Any) -> Iterator[tuple[int, User, datetime]]:
    resolution = {clock.pk for clock in complaint.clocks.all() if clock.kind == ClockKind.RESOLUTION}
    for alert in complaint.alerts.all():
        if alert.kind == AlertKind.ESCALATION and alert.clock_id in resolution:
            yield alert.mark, alert.recipient, alert.at


def _to_come(complaint: Any, house: Organisation) -> Iterator[Level]:
    clock = complaint.clock
    if clock.next_at is None:
        return
    face = Face(
        kind=clock.kind,
        tier=complaint.tier,
        warn_80_at=clock.warn_80_at,
        due_at=clock.due_at,
        next_at=clock.next_at,
        level=clock.level,
        handler=complaint.handler_id,
        accused=complaint.staff_concerned_id,
        is_breached=clock.breached_at is not None,
    )
    steps = list(outlook(face, house, complaint.hours))
    met = {person for _at, step in steps for person in step.recipients}
    known = getattr(complaint, "people", {})
    people = known if met <= known.keys() else User.objects.in_bulk(met)
    for at, step in steps:
        yield Level(step.mark, tuple(people[person] for person in step.recipients), at, "next")


def rung_above(complaint: Any, level: int, *, now: datetime) -> Rung | None:
    """Return who answers on the level above `level`, present and without conflict; None: nobody stands higher."""
    house = organisation({complaint.handler_id}, now=now)
    return house.rung_above(complaint.handler_id, level, house.conflicted(complaint.staff_concerned_id))
