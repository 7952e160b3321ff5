"""Two months of calls of the demo's agents, with the tides of real days: what the key figures then find is there."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from agents.models import Membership, Site
from callcenter.access import SYSTEM
from callcenter.worktime import calendars
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Queue

DAYS = 60
CALLS_A_DAY = 78
SOLVED = 0.86
RATED = 0.4
# Lines by code, with their share of the calls and of the crowd that waits.
LINES = {
    "broadband": ("宽带 Broadband", 5, 1.2),
    "billing": ("账单 Billing", 4, 0.9),
    "repair": ("报修 Repair", 3, 0.6),
}
TOPICS = ("账单 Billing", "报修 Repair", "业务办理 Orders", "政策咨询 Policy")
# By hour of business: its share of a day's calls, and the seconds that a caller waits. People call at ten and at three.
TIDE = (6, 14, 18, 12, 7, 9, 15, 12, 7)
CROWD = (10, 22, 44, 24, 20, 14, 28, 18, 10)
MONDAY, TUESDAY = 0, 1
RUSH = {MONDAY: 1.2, TUESDAY: 1.6}
PATIENCE = 260
# In this team calls have been taking longer for some days.
SLOWER, BY, LATELY = "桂花组 Osmanthus", 1.3, 6


def seed(*, now: datetime) -> None:
    """Record the calls of the harbour's agents up to `now`, through the ordinary door."""
    site = Site.objects.select_related("calendar").get(code="harbour")
    for code, (name, _share, _crowd) in LINES.items():
        Queue.objects.create(code=code, name=name, site=site)
    services.record_calls(actor=SYSTEM, source="harbour-acd", site=site, rows=_rows(site, now), now=now)


def _rows(site: Site, now: datetime) -> Iterator[CallRow]:
    dice = random.Random(20261122)  # noqa: S311 (a demo, the same each time)
    hours = calendars.load(site.calendar_id)
    teams = dict(Membership.objects.filter(team__site=site).values_list("person__work_number", "team__name"))
    skill = {agent: dice.uniform(0.8, 1.2) for agent in sorted(teams)}
    tomorrow = now + timedelta(days=1)
    openings = [hours.due_in_days(tomorrow, -back) for back in range(DAYS, 0, -1)]
    openings = [opening for opening in openings if now - timedelta(days=DAYS) < opening < now]
    for day, opening in enumerate(openings):
        if day == len(openings) - LATELY:
            skill = {agent: pace * (BY if teams[agent] == SLOWER else 1) for agent, pace in skill.items()}
        for number in range(int(CALLS_A_DAY * len(skill) * dice.uniform(0.9, 1.1))):
            row = _row(f"H{day:03}-{number:04}", opening, skill, dice)
            if row.entered_at < now:
                yield row


def _row(call_id: str, opening: datetime, skill: dict[str, float], dice: random.Random) -> CallRow:
    hour = dice.choices(range(len(TIDE)), TIDE)[0]
    name, _share, crowd = dice.choices(
        list(LINES.values()), [share for _name, share, _crowd in LINES.values()]
    )[0]
    wait = int(dice.expovariate(1 / (CROWD[hour] * crowd * RUSH.get(opening.weekday(), 1))))
    known: dict[str, Any] = {
        "call_id": call_id,
        "entered_at": opening + timedelta(hours=hour, seconds=dice.randrange(3600)),
        "topic": dice.choices(TOPICS, (5, 3, 2, 2))[0],
        "queue": name,
        "wait_seconds": wait,
    }
    if wait > dice.expovariate(1 / PATIENCE):
        return CallRow(outcome=Outcome.ABANDONED, **known)
    agent = dice.choices(list(skill), [1 / pace for pace in skill.values()])[0]
    return CallRow(
        outcome=Outcome.ANSWERED,
        agent=agent,
        talk_seconds=int(dice.lognormvariate(4.75, 0.6) * skill[agent]),
        hold_seconds=int(dice.expovariate(1 / 12)),
        wrap_seconds=int(dice.expovariate(1 / 30)),
        resolved=dice.random() < SOLVED,
        satisfaction=dice.choices((1, 2, 3, 4, 5), (3, 5, 17, 40, 35))[0] if dice.random() < RATED else None,
        **known,
    )
