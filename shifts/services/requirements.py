"""Every write to the heads that are required: entered, imported, or computed from demand and goals."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agents.models import Site
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from shifts.bounds import MOST_DAYS, MOST_HEADS
from shifts.cover import Key, half_hour
from shifts.enums import Origin
from shifts.erlang import heads_needed, with_shrinkage
from shifts.models import Demand, QueueGoal, Requirement
from shifts.selectors.demand import midnight
from shifts.services.demand import BY_HAND, Put

PUT = """
INSERT INTO shifts_requirement AS r (site_id, starts_at, skill_id, heads, origin)
SELECT %(site)s, given.starts_at, given.skill_id, given.heads, %(origin)s
  FROM unnest(%(times)s::timestamptz[], %(skills)s::bigint[], %(heads)s::int[])
       AS given(starts_at, skill_id, heads)
    ON CONFLICT (site_id, starts_at, skill_id) DO UPDATE
   SET heads = EXCLUDED.heads, origin = EXCLUDED.origin
 WHERE (EXCLUDED.origin = ANY(%(by_hand)s) OR NOT r.origin = ANY(%(by_hand)s))
   AND (r.heads, r.origin) IS DISTINCT FROM (EXCLUDED.heads, EXCLUDED.origin)
RETURNING xmax = 0"""


@transaction.atomic
def put_requirements(
    *, actor: Actor, site: Site, heads: Mapping[Key, int | None], origin: Origin, now: datetime
) -> Put:
    """Write the heads required in half hours, of a skill or (None) of everybody; None heads take a row out.

    What is computed leaves alone what was entered or imported. Raises DomainError for an instant that begins no half hour.
    """
    require(actor, "shifts.plan", site)
    for (at, _skill), count in heads.items():
        _check(at, count)
    known = {key: count for key, count in heads.items() if count is not None}
    removed = _remove(site, [key for key, count in heads.items() if count is None])
    done = _put(site, known, origin)
    done = Put(done.new, done.changed, removed, done.left)
    if done.new or done.changed or removed:
        facts = {"origin": origin.value, "new": done.new, "changed": done.changed, "removed": removed}
        log.record(actor, "requirements.put", site, now=now, **facts)
    return done


@transaction.atomic
def compute_requirements(*, actor: Actor, site: Site, since: date, until: date, now: datetime) -> Put:
    """Compute the heads for the site's demand on the days from `since` until before `until`, by the goals of its queues.

    Each queue needs what Erlang C says, or Erlang A where the goal knows the callers' patience, and more for shrinkage.
    Queues of one skill add up. If some queue asks for no skill, all of them together are required of everybody.
    What was entered or imported stays. A DomainError if no queue of the site has a goal.
    """
    require(actor, "shifts.plan", site)
    if not since < until <= since + timedelta(days=MOST_DAYS):
        raise DomainError(
            _("Heads are computed for one day at least and three months at most."),
            field="until",
            mend=_("Choose a last day not before the first, within three months."),
        )
    goals = {goal.queue_id: goal for goal in QueueGoal.objects.filter(queue__site=site)}
    if not goals:
        raise DomainError(
            _("No queue of %(site)s has a goal.") % {"site": site},
            mend=_("Say first how well its queues are to be answered."),
        )
    first, last = midnight(site, since), midnight(site, until)
    heads = _heads(goals, first, last)
    computed = Requirement.objects.filter(
        site=site, starts_at__gte=first, starts_at__lt=last, origin=Origin.COMPUTED
    )
    stale = [
        pk
        for pk, at, skill in computed.values_list("pk", "starts_at", "skill_id")
        if not heads.get((at, skill))
    ]
    removed = Requirement.objects.filter(pk__in=stale).delete()[0]
    done = _put(site, {key: count for key, count in heads.items() if count}, Origin.COMPUTED)
    log.record(
        actor,
        "requirements.computed",
        site,
        now=now,
        since=since.isoformat(),
        until=until.isoformat(),
        new=done.new,
        changed=done.changed,
        removed=removed,
    )
    return Put(done.new, done.changed, removed, done.left)


def _heads(goals: Mapping[int, QueueGoal], first: datetime, last: datetime) -> Counter[Key]:
    rows = Demand.objects.filter(queue__in=goals, starts_at__gte=first, starts_at__lt=last)
    heads: Counter[Key] = Counter()
    # The whole site is asked for where somebody without a skill is needed too.
    everybody = any(goal.skill_id is None for goal in goals.values())
    for queue, at, calls, handle in rows.values_list("queue_id", "starts_at", "calls", "handle_seconds"):
        goal = goals[queue]
        needed = heads_for(
            float(calls),
            handle,
            float(goal.share),
            goal.within_seconds,
            float(goal.occupancy),
            goal.patience_seconds,
            float(goal.shrinkage),
        )
        for skill in {goal.skill_id, *([None] if everybody else [])}:
            heads[at, skill] += needed
    for (at, _skill), count in heads.items():
        _check(at, count)
    return heads


@lru_cache(maxsize=50_000)
def heads_for(
    calls: float,
    handle_seconds: int,
    share: float,
    within_seconds: int,
    occupancy: float,
    patience: int | None,
    shrinkage: float,
) -> int:
    """Return the heads to roster for the calls of a half hour."""
    needed = heads_needed(calls, handle_seconds, share, within_seconds, occupancy, patience)
    return with_shrinkage(needed, shrinkage)


def _put(site: Site, heads: Mapping[Key, int], origin: Origin) -> Put:
    values: dict[str, Any] = {
        "site": site.pk,
        "origin": origin.value,
        "by_hand": BY_HAND,
        "times": [at for at, _skill in heads],
        "skills": [skill for _at, skill in heads],
        "heads": list(heads.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(PUT, values)
        fresh = [row[0] for row in cursor.fetchall()]
    return Put(sum(fresh), len(fresh) - sum(fresh), 0, len(heads) - len(fresh))


def _remove(site: Site, keys: list[Key]) -> int:
    removed = 0
    for skill in {skill for _at, skill in keys}:
        times = [at for at, one in keys if one == skill]
        removed += Requirement.objects.filter(site=site, skill=skill, starts_at__in=times).delete()[0]
    return removed


def _check(at: datetime, heads: int | None) -> None:
    if at != half_hour(at):
        raise DomainError(
            _("%(time)s begins no half hour.") % {"time": at.isoformat()},
            field="starts_at",
            mend=_("Give times as 09:00 or 09:30."),
        )
    if heads is not None and not 0 <= heads <= MOST_HEADS:
        raise DomainError(
            _("%(heads)s heads cannot be.") % {"heads": heads},
            field="heads",
            mend=_("Give a whole number from 0 to %(most)s.") % {"most": MOST_HEADS},
        )
