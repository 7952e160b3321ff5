"""What agents did, as a log tells it, for whoever keeps their states."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from agents.models import Site, User
from callcenter.access import Actor
from calls.models import AgentName
from calls.queue_log.events import Event
from calls.queue_log.models import LogSeat
from calls.queue_log.seats import Seats, states
from calls.signals import SeenState, states_seen


@transaction.atomic
def tell_states(*, actor: Actor, source: str, site: Site, events: Sequence[Event], now: datetime) -> None:
    """Keep where members sit, and tell the states of those of whom one knows who they are, each once for its second."""
    if not events:
        return
    members = {event.member for event in events}
    seats = _seats(source, members)
    found = states(seats, events)
    _keep(source, seats)
    people = _people(source, site, members)
    seen = [SeenState(people[member], state, at) for (member, at), state in found.items() if member in people]
    if seen:
        states_seen.send(sender=None, actor=actor, source=source, site=site, states=seen, now=now)


def _seats(source: str, members: Collection[str]) -> dict[str, Seats]:
    seats: dict[str, Seats] = defaultdict(dict)
    for row in LogSeat.objects.filter(source=source, member__in=members):
        seats[row.member][row.queue] = row.paused
    return seats


def _keep(source: str, seats: dict[str, Seats]) -> None:
    LogSeat.objects.filter(source=source, member__in=seats).delete()
    LogSeat.objects.bulk_create(
        LogSeat(source=source, member=member, queue=queue, paused=paused)
        for member, held in seats.items()
        for queue, paused in held.items()
    )


def _people(source: str, site: Site, names: Collection[str]) -> dict[str, str]:
    """Return the work numbers behind names: what somebody said of them at the site, else the name itself."""
    numbers = User.objects.filter(work_number__in=names).values_list("work_number", flat=True)
    matched = AgentName.objects.filter(source=source, site=site, name__in=names)
    return {number: number for number in numbers} | dict(matched.values_list("name", "person__work_number"))
