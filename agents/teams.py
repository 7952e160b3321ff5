"""Reads of teams: how large they are, who leads them, who was in them on a day, and what these can do."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agents.history import Event
from agents.models import Leadership, Membership, PersonSkill, Skill, Team, User

TEAM_SIZE, NEAR = 20, 5
"""The guideline is one lead for twenty (domain §1); a team more than `NEAR` away from it is shown as such."""
SHOWN = 60
"""Comings and goings that a team's page tells, the newest first."""


def with_span(teams: QuerySet[Team], *, on: date, today: date) -> QuerySet[Team]:
    """Return the teams as of the day `on`, with `heads`, `lead_pk`, `lead_name`, `lead_number`, `span` and `is_far`.

    `span` is how many people the lead leads in all teams together; without a lead, how many are in this one. Closed
    accounts count in the past only: then their people were there.
    """
    working = {} if on < today else {"person__is_active": True}
    members = Membership.objects.on(on).filter(**working).order_by()
    lead = Leadership.objects.on(on).filter(team=OuterRef("pk"))
    led = members.filter(
        team__leaderships__period__contains=on, team__leaderships__person=OuterRef("lead_pk")
    )
    own = members.filter(team=OuterRef("pk")).values("team").annotate(number=Count("pk"))
    all_led = led.values("team__leaderships__person").annotate(number=Count("pk"))
    return (
        teams.select_related("site")
        .annotate(
            heads=Coalesce(Subquery(own.values("number")), 0),
            lead_pk=Subquery(lead.values("person")),
            lead_name=Subquery(lead.values("person__name")),
            lead_number=Subquery(lead.values("person__work_number")),
        )
        .annotate(span=Coalesce(Subquery(all_led.values("number")), F("heads")))
        .annotate(is_far=true_if(Q(span__lt=TEAM_SIZE - NEAR) | Q(span__gt=TEAM_SIZE + NEAR)))
    )


def true_if(condition: Q) -> ExpressionWrapper:
    """Return a condition as a column."""
    return ExpressionWrapper(condition, BooleanField())


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is in a team on a day: since when, and at which level each skill shown, None without it."""

    person: User
    membership: Membership
    levels: list[tuple[Skill, int | None]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who is in a team on a day, and what they can do that day."""

    skills: list[Skill]
    members: list[Member]


def matrix(team: Team, *, on: date) -> Matrix:
    """Return the members of the day with their skills; two queries."""
    rows = team.memberships.on(on).select_related("person").order_by("person__work_number")
    members = list(rows)
    levels: dict[tuple[int, int], int] = {}
    skills: dict[int, Skill] = {}
    held = PersonSkill.objects.on(on).filter(person__in=[row.person_id for row in members])
    for row in held.select_related("skill"):
        levels[row.person_id, row.skill_id] = row.level
        skills[row.skill_id] = row.skill
    shown = sorted(skills.values(), key=lambda skill: skill.name)
    rows_of = [[(one, levels.get((row.person_id, one.pk))) for one in shown] for row in members]
    told = zip(members, rows_of, strict=True)
    return Matrix(shown, [Member(row.person, row, levels_of) for row, levels_of in told])


@dataclass(frozen=True, slots=True)
class Led:
    """Who led a team from when until when; without a `person` nobody did."""

    since: date
    last_day: date | None
    person: User | None = None


def leads(team: Team) -> list[Led]:
    """Return who led the team and when nobody did, the newest first."""
    rows = list(team.leaderships.select_related("person").order_by("period"))
    told = [Led(row.period.lower, row.last_day, row.person) for row in rows]
    gaps = [
        Led(one.period.upper, two.period.lower - timedelta(days=1))
        for one, two in pairwise(rows)
        if one.period.upper < two.period.lower
    ]
    return sorted([*told, *gaps], key=lambda row: row.since, reverse=True)


def moves(team: Team, *, today: date) -> dict[str, list[Event]]:
    """Return who came and left: {events, coming}, the first up to today, each in the order of days, at most SHOWN together."""
    rows = team.memberships.select_related("person").order_by("-period")[:SHOWN]
    events = []
    for row in rows:
        events.append(Event(row.period.lower, "user", _("%(person)s joins") % {"person": row.person}))
        if row.period.upper:
            events.append(Event(row.period.upper, "out", _("%(person)s leaves") % {"person": row.person}))
    events = sorted(events, key=lambda event: event.on)[-SHOWN:]
    return {
        "events": [event for event in events if event.on <= today],
        "coming": [event for event in events if event.on > today],
    }
