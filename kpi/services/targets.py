"""Every write to targets: one holds from a day on, until the next or until it is ended; what was wanted before is kept."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.models import Site, Team
from agents.services.dated import unless_taken
from agents.timeline import Timeline
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from calls.models import Queue
from kpi.metrics import REGISTRY
from kpi.models import Target
from kpi.selectors.targets import can_have_target
from kpi.services.wanted import check_wanted

ONE_DAY: Final = timedelta(days=1)
Place = Team | Queue | Site | str | None
"""Where a target holds; a text is the name of a role, None the whole centre."""


@transaction.atomic
def set_target(
    *,
    actor: Actor,
    metric: str,
    value: float,
    since: date,
    now: datetime,
    until: date | None = None,
    place: Place = None,
) -> Target:
    """Let a metric have a target from `since` on, in the metric's own unit, to `until` (included) or to the next one.

    It holds for one team, queue, site or role, or for the centre. The target of that day ends the day before; the same
    value again changes nothing. DomainError names what is wrong; Conflict where somebody sets one at the same time.
    """
    key = {"metric": metric, **_of_place(place)}
    require(actor, "kpi.set_target", Target(**key))
    _check(metric, value, since, until)
    rows = Target.objects.select_for_update().filter(**key).order_by("period")
    timeline = Timeline(Target, key, "value", rows)
    old = timeline.value(timeline.on(since))
    changed = timeline.put(value, since, until and until + ONE_DAY)
    target: Any = timeline.on(since)
    if changed:
        target.set_by_id, target.set_at = actor.pk, now
        _write(timeline)
        facts = {"value": value, "since": str(since), "until": str(until or ""), "old": old}
        log.record(actor, "target.set", target, now=now, **facts, **_named(target))
    written: Target = target
    return written


@transaction.atomic
def end_target(*, actor: Actor, target_id: int, last: date, now: datetime) -> Target | None:
    """Let a target hold until `last`, included, and no longer; one that is yet to begin after that is taken out: None."""
    target: Target = Target.objects.select_for_update(of=("self",)).for_list().get(pk=target_id)
    require(actor, "kpi.set_target", target)
    if target.is_over(last + ONE_DAY):
        raise Conflict(_("This target has ended by then."), field="last", mend=_("Choose an earlier day."))
    facts = {"value": target.value, "since": str(target.period.lower), "until": str(last), **_named(target)}
    log.record(actor, "target.ended", target, now=now, **facts)
    if last >= target.period.lower:
        target.period = DateRange(target.period.lower, last + ONE_DAY)
        target.save(update_fields=["period"])
        return target
    if target.period.lower <= now.date():
        raise DomainError(
            _("The target held before that day."),
            field="last",
            mend=_("Choose its first day or a later one: what was wanted is kept."),
        )
    target.delete()
    return None


def one_place(**given: Any) -> Place:
    """Return the one place among a team, a queue, a role and a site; None for the centre. DomainError where there are more."""
    named = {name: place for name, place in given.items() if place}
    if len(named) > 1:
        raise DomainError(
            _("A target holds for one place."),
            field=list(named)[-1],
            mend=_("Choose a team, a queue, a role or a site, or none of them for the centre."),
        )
    return next(iter(named.values()), None)


def _of_place(place: Place) -> dict[str, Any]:
    """Return the fields of a target that say where it holds: all of them, since the others are empty."""
    kinds = {"team": Team, "queue": Queue, "site": Site}
    found = {name: place if isinstance(place, kind) else None for name, kind in kinds.items()}
    return {**found, "role": place if isinstance(place, str) else ""}


def _check(metric: str, value: float, since: date, until: date | None) -> None:
    known = REGISTRY.get(metric)
    if known is None or not can_have_target(known):
        raise DomainError(
            _("“%(metric)s” is no figure that can have a target.") % {"metric": metric},
            field="metric",
            code="unknown",
            mend=_("Choose a rate, a length of time, a rating or a number a day."),
        )
    check_wanted(known, value, field="value")
    if until and until < since:
        raise DomainError(
            _("The last day lies before the first."), field="until", mend=_("Choose a later day.")
        )


def _write(timeline: Timeline) -> None:
    Target.objects.filter(pk__in=[row.pk for row in timeline.gone]).delete()
    with unless_taken(
        "since", _("Somebody sets this target at the same time."), _("Look at what they set, then try again.")
    ):
        for row in (*timeline.changed, *timeline.begun):
            row.save()


def _named(target: Target) -> dict[str, str]:
    return {target.kind: str(target.place)}
