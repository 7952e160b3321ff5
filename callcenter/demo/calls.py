"""Three months of calls of the demo's agents, with the tides of a real day."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from agents.models import Site, User
from callcenter.access import SYSTEM, Role
from callcenter.worktime import calendars
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Queue

DAYS = 90
QUEUE = "热线 Hotline"
CALLS_A_DAY = 20
SOLVED = 0.86
RATED = 0.4
TOPICS = ("账单 Billing", "报修 Repair", "业务办理 Orders", "政策咨询 Policy")
# Share of a day's calls by hour of business: people call at ten and at three.
TIDE = (6, 14, 18, 12, 7, 9, 15, 12, 7)


def seed(*, now: datetime) -> None:
    """Record the calls of the harbour's agents up to `now`, through the ordinary door."""
    site = Site.objects.select_related("calendar").get(code="harbour")
    Queue.objects.create(code="hotline", name=QUEUE, site=site)
    services.record_calls(actor=SYSTEM, source="harbour-acd", site=site, rows=_rows(site, now), now=now)


def _rows(site: Site, now: datetime) -> Iterator[CallRow]:
    dice = random.Random(20261122)  # noqa: S311 (a demo, the same each time)
    hours = calendars.load(site.calendar_id)
    agents = list(
        User.objects.filter(site=site, role_grants__role=Role.AGENT).values_list("work_number", flat=True)
    )
    skill = {agent: dice.uniform(0.75, 1.25) for agent in agents}
    openings = [hours.due_in_days(now, -back) for back in range(60, 0, -1)]
    openings = [opening for opening in openings if opening > now - timedelta(days=DAYS)]
    for day, opening in enumerate(openings):
        for number in range(int(CALLS_A_DAY * len(agents) * dice.uniform(0.9, 1.1))):
            entered_at = opening + timedelta(
                hours=dice.choices(range(len(TIDE)), TIDE)[0], seconds=dice.randrange(3600)
            )
            yield _row(f"H{day:03}-{number:04}", entered_at, dice.choice(agents), skill, dice)


def _row(
    call_id: str, entered_at: datetime, agent: str, skill: dict[str, float], dice: random.Random
) -> CallRow:
    wait = int(dice.expovariate(1 / 24))
    topic = dice.choices(TOPICS, (5, 3, 2, 2))[0]
    if wait > dice.expovariate(1 / 180):
        return CallRow(call_id, entered_at, Outcome.ABANDONED, topic=topic, wait_seconds=wait, queue=QUEUE)
    return CallRow(
        call_id,
        entered_at,
        Outcome.ANSWERED,
        agent=agent,
        queue=QUEUE,
        topic=topic,
        wait_seconds=wait,
        talk_seconds=int(dice.lognormvariate(5.1, 0.6) * skill[agent]),
        hold_seconds=int(dice.expovariate(1 / 15)),
        wrap_seconds=int(dice.expovariate(1 / 40)),
        resolved=dice.random() < SOLVED,
        satisfaction=dice.choices((1, 2, 3, 4, 5), (3, 5, 17, 40, 35))[0] if dice.random() < RATED else None,
    )
