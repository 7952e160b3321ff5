"""Standing personal rules: asked for, agreed to or refused by who leads, and ended. Rosters honour what is agreed."""

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as wall_time
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import User
from agents.notices import notices
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from shifts.enums import WishKind, WishState
from shifts.models import Pattern, Wish
from shifts.selectors.answering import deciders_of
from shifts.services.occupying import lock_people

NEEDS = {
    WishKind.DAY_OFF: ("weekday", gettext_lazy("Choose the weekday.")),
    WishKind.DONE_BY: ("time", gettext_lazy("Give a time of day.")),
    WishKind.NOT_BEFORE: ("time", gettext_lazy("Give a time of day.")),
    WishKind.PATTERN: ("pattern", gettext_lazy("Choose a pattern.")),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wished for; a weekday is 1 for Monday to 7, None is every day; priority 1 is the strongest of three."""

    kind: WishKind
    weekday: int | None = None
    time: wall_time | None = None
    pattern: Pattern | None = None
    priority: int = 2


@transaction.atomic
def ask_wish(
    *,
    actor: Actor,
    person: User,
    rule: Rule,
    since: date,
    until: date | None = None,
    reason: str = "",
    now: datetime,
) -> Wish:
    """Ask for a personal rule that holds from `since`, and before `until` where one is given; who decides is told."""
    require(actor, "shifts.ask", person)
    _check(person, rule, since, until, person.day_at(now))
    lock_people([person.pk])
    parts, period = _parts(rule), DateRange(since, until)
    _refuse_twice(person, parts, period)
    wish = Wish.objects.create(person=person, period=period, reason=reason, **parts)
    log.record(actor, "wish.asked", wish, now=now, kind=rule.kind)
    _tell(wish, "asked", deciders_of([person.pk], now=now)[person.pk], now)
    return wish


@transaction.atomic
def agree_wish(*, actor: Actor, wish_id: int, now: datetime) -> Wish:
    """Agree to it: from now on rosters honour it where cover allows; the person is told."""
    return _decide(actor, wish_id, WishState.AGREED, now)


@transaction.atomic
def refuse_wish(*, actor: Actor, wish_id: int, now: datetime) -> Wish:
    """Refuse it; the person is told."""
    return _decide(actor, wish_id, WishState.REFUSED, now)


@transaction.atomic
def end_wish(*, actor: Actor, wish_id: int, now: datetime) -> None:
    """End it, as the person or as who leads them: what never held is gone, what holds ends with yesterday."""
    wish = _locked(wish_id)
    if not actor.has_perm("shifts.ask", wish.person):
        require(actor, "shifts.decide", wish.person)
    today = wish.person.day_at(now)
    over = wish.period.upper is not None and wish.period.upper <= today
    if wish.state == WishState.REFUSED or over:
        raise Conflict(_("It has ended already."), mend=_("Ask for a new one if something else holds."))
    log.record(actor, "wish.ended", wish, now=now)
    if wish.state == WishState.ASKED or wish.period.lower >= today:
        wish.delete()
        return
    wish.period = DateRange(wish.period.lower, today)
    wish.save(update_fields=["period"])


@transaction.atomic
def end_wishes(*, actor: Actor, person: User, from_day: date, now: datetime) -> int:
    """End the rules of somebody who no longer works here from a day on; return how many that touched.

    What was to hold from then on is gone, and who was asked to decide it is told; what holds ends with the day before.
    Whoever ends the employment has been asked for the right to do so.
    """
    rows = Wish.objects.filter(person=person).not_over(from_day).exclude(state=WishState.REFUSED)
    ended = list(rows.select_related("person__site__calendar").order_by("pk").select_for_update(of=("self",)))
    for wish in ended:
        log.record(actor, "wish.ended", wish, now=now)
        if wish.period.lower < from_day:
            wish.period = DateRange(wish.period.lower, from_day)
            wish.save(update_fields=["period"])
            continue
        if wish.state == WishState.ASKED:
            _tell(wish, "off", deciders_of([person.pk], now=now)[person.pk], now)
        wish.delete()
    return len(ended)


def _check(person: User, rule: Rule, since: date, until: date | None, today: date) -> None:
    field, mend = NEEDS[rule.kind]
    if getattr(rule, field) is None:
        raise DomainError(_("A part of the rule is missing."), code="required", field=field, mend=mend)
    if rule.pattern and rule.pattern.site_id != person.site_id:
        raise DomainError(_("The pattern is of another site."), field="pattern", mend=_("Choose another."))
    if since < today:
        raise DomainError(_("This day is over."), field="since", mend=_("Choose today or a later day."))
    if until is not None and until <= since:
        raise DomainError(_("It would end before it begins."), field="until", mend=_("Choose a later end."))


def _parts(rule: Rule) -> dict[str, Any]:
    """Return what is kept of a rule: what its kind does not ask for is left out."""
    parts = {"kind": rule.kind, "weekday": rule.weekday, "priority": rule.priority}
    own = NEEDS[rule.kind][0]
    return parts | {name: getattr(rule, name) for name in ("time", "pattern") if name == own}


def _refuse_twice(person: User, parts: dict[str, Any], period: DateRange) -> None:
    same = {name: parts.get(name) for name in ("kind", "weekday", "pattern")}
    others = Wish.objects.filter(person=person, period__overlap=period, **same)
    if others.exclude(state=WishState.REFUSED).exists():
        raise Conflict(
            _("The same rule holds or waits already in this time."),
            field="kind",
            mend=_("End that one first."),
        )


def _decide(actor: Actor, wish_id: int, state: WishState, now: datetime) -> Wish:
    wish = _locked(wish_id)
    require(actor, "shifts.decide", wish.person)
    if wish.state != WishState.ASKED:
        raise Conflict(
            _("It is decided already."), mend=_("Look at it once more; what is agreed can be ended.")
        )
    wish.state, wish.decided_by_id, wish.decided_at = state, actor.pk, now
    wish.save(update_fields=["state", "decided_by", "decided_at"])
    log.record(actor, f"wish.{state}", wish, now=now)
    _tell(wish, str(state), [wish.person], now)
    return wish


def _locked(wish_id: int) -> Wish:
    rows = Wish.objects.select_related("person__site__calendar")
    wish: Wish = rows.select_for_update(of=("self",)).get(pk=wish_id)
    return wish


def _tell(wish: Wish, event: str, people: list[User], now: datetime) -> None:
    """Tell `people` of an event; what was told before and has not arrived is called back."""
    topic = f"wish:{wish.pk}"
    queue.cancel(topic)
    context = {
        "person": wish.person.name,
        "kind": wish.kind,
        "weekday": wish.weekday or 0,
        "time": f"{wish.time:%H:%M}" if wish.time else "",
        "pattern": str(wish.pattern or ""),
        "path": reverse("shifts:wishes") if event == "off" else wish.get_absolute_url(),
    }
    template = f"shifts/notify/wish_{event}"
    queue.enqueue(
        notices(f"{topic}:{event}", people, template=template, context=context, topic=topic, now=now)
    )
