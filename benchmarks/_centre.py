"""A centre of realistic size: the demo, grown by many rows of its own kind, so quickly that a benchmark can wait for it."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Leadership, Membership, RoleGrant, Site, Team, User
from callcenter.access import Role
from callcenter.worktime.models import Policy
from calls.store import months
from complaints.enums import ClockKind, Status, Tier
from complaints.models import Clock, Complaint
from kpi.services import rollups

TEAM = 20
YEARS = timedelta(days=730)
DUE_IN = timedelta(days=2)
STILL_OPEN = 0.03
CALLS_OVER = timedelta(days=90)
BATCH = 2000
CALLS = """
INSERT INTO calls_call (source, call_id, visit, revision, site_id, queue_id, queue_name, agent_id, agent_name,
    customer_name, team_id, topic, entered_at, outcome, wait_seconds, talk_seconds, hold_seconds, wrap_seconds,
    resolved, satisfaction, channel, project)
SELECT 'grown', n::text, 0, 0, m.site_id, q.id, coalesce(q.name, ''), m.person_id, m.work_number, '', m.team_id, 'Billing',
    %(now)s::timestamptz - n * %(span)s::interval / %(count)s, 'answered', n %% 90, 60 + n %% 500, n %% 30, 40,
    n %% 7 > 0, CASE WHEN n %% 3 = 0 THEN 1 + n %% 5 END, '', ''
FROM generate_series(1, %(count)s) n
JOIN (SELECT row_number() OVER (ORDER BY u.id) - 1 AS at, count(*) OVER () AS people, u.id AS person_id,
             u.work_number, u.site_id, x.team_id
        FROM agents_user u JOIN agents_membership x ON x.person_id = u.id) m ON m.at = n %% m.people
LEFT JOIN LATERAL (SELECT id, name FROM calls_queue WHERE site_id = m.site_id ORDER BY id LIMIT 1) q ON true
"""


def make(*, people: int, complaints: int, calls: int, now: datetime) -> None:
    """Seed the demo and add this many rows; the planner is told of them."""
    call_command("seed_demo")
    sites = list(Site.objects.order_by("code"))
    for number in range(people // TEAM):
        _team(number, sites[number % len(sites)], now)
    _complaints(complaints, sites, now)
    months.ensure(months.between(now - CALLS_OVER, now))
    facts: dict[str, Any] = {"now": now, "span": CALLS_OVER, "count": calls}
    with connection.cursor() as cursor:
        cursor.execute(CALLS, facts)
    rollups.rebuild()
    rollups.refresh_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _team(number: int, site: Site, now: datetime) -> None:
    period = DateRange((now - YEARS).date(), None)
    team = Team.objects.create(site=site, name=f"Grown {number:03}")
    members = User.objects.bulk_create(
        User(work_number=f"G{number:03}{seat:02}", name=f"Grown {number} {seat}", password="!", site=site)  # noqa: S106 (no password)
        for seat in range(TEAM)
    )
    Membership.objects.bulk_create(Membership(person=person, team=team, period=period) for person in members)
    Leadership.objects.create(team=team, person=members[0], period=period)
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=Role.AGENT, period=period) for person in members
    )


def _complaints(count: int, sites: list[Site], now: datetime) -> None:
    """Most of them resolved, over two years; every one with the clock that its site's calendar ran."""
    handlers = {site.pk: _supervisor(site) for site in sites}
    policy = Policy.objects.order_by("pk").first()
    dice = random.Random(2026)  # noqa: S311 (a repeatable load, no secret)
    made = Complaint.objects.bulk_create(_rows(count, sites, handlers, dice, now), batch_size=BATCH)
    Clock.objects.bulk_create(
        (
            Clock(
                complaint=row,
                kind=ClockKind.RESOLUTION,
                policy=policy,
                calendar_id=row.site.calendar_id,
                keeper_id=row.handler_id,
                starts_at=row.received_at,
                warn_50_at=row.received_at + DUE_IN * 0.5,
                warn_80_at=row.received_at + DUE_IN * 0.8,
                due_at=row.due_at,
                stopped_at=row.resolved_at,
            )
            for row in made
        ),
        batch_size=BATCH,
    )


def _supervisor(site: Site) -> User:
    held: User = User.objects.filter(role_grants__role=Role.SUPERVISOR, role_grants__site=site).order_by(
        "pk"
    )[0]
    return held


def _rows(
    count: int, sites: list[Site], handlers: dict[int, User], dice: random.Random, now: datetime
) -> Iterator[Complaint]:
    for number in range(count):
        site = dice.choice(sites)
        is_open = dice.random() < STILL_OPEN
        received_at = now - dice.uniform(0, 1) * (DUE_IN if is_open else YEARS)
        resolved_at = None if is_open else min(received_at + dice.uniform(0, 1.2) * DUE_IN, now)
        yield Complaint(
            reference=f"G{number:06}",
            site=site,
            tier=dice.choice(Tier.values),
            channel="telephone",
            subject=f"Charged twice for the same visit, case {number}",
            account="The visit was charged twice.",
            customer_name=f"Customer {number}",
            recorded_by=handlers[site.pk],
            handler=handlers[site.pk],
            responsible=handlers[site.pk],
            status=Status.ACCEPTED if is_open else Status.CLOSED,
            received_at=received_at,
            due_at=received_at + DUE_IN,
            resolved_at=resolved_at,
            closed_at=resolved_at,
        )
