"""Every write about calls."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from django.db import OperationalError, transaction
from django.db.models import F, Min, Value
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import Site, User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.imports.kinds import Taken
from callcenter.imports.lanes import ALONE, Turn
from calls import retention, store
from calls.enums import CustomerKind
from calls.intake import CallRow
from calls.models import FEWEST_MONTHS, MOST_MONTHS, AgentName, Call, Customer, Retention, Source
from calls.signals import calls_changed
from calls.store import months
from calls.store.settle import HANDLED_BY_NOBODY, KNOWN, TO_COME, TOO_OLD

CHUNK: Final = 20_000
"""Rows in memory at once."""
AHEAD: Final = timedelta(days=1)
"""How far the clocks of those who send calls may be ahead of ours, time zones mistaken included."""
REASONS: Final = {
    KNOWN: gettext_lazy("the call is known already, with other content"),
    HANDLED_BY_NOBODY: gettext_lazy("the call was not answered, yet this is not blank"),
    TOO_OLD: gettext_lazy("calls of that time are kept no more"),
    TO_COME: gettext_lazy("that moment is still to come"),
}
FEWEST_DIGITS, LONGEST_NUMBER = 5, 40
"""A contact with so many digits, and no more signs than this, is a telephone number; anything else is an address."""


@transaction.atomic
def record_calls(
    *,
    actor: Actor,
    source: str,
    site: Site,
    rows: Iterable[CallRow],
    now: datetime,
    lines: store.Lines | None = None,
    turn: Turn | None = None,
) -> Taken:
    """Bring in calls of a source; each counts once however often it comes, a higher revision corrects it.

    A row that contradicts what is known is refused and named, as is one that cannot be. `lines` are rows of a file that
    the database can read by itself. With a `turn`, further calls of the source may be on the way in other transactions;
    it waits for those that stand before. Conflict if the source is another site's.
    """
    taken = take_calls(actor=actor, source=source, site=site, rows=rows, now=now, lines=lines, turn=turn)
    counts = {"new": taken.new, "corrected": taken.changed, "repeated": taken.unchanged}
    log.record(actor, "calls.recorded", site, now=now, source=source, refused=len(taken.refused), **counts)
    return taken


@transaction.atomic
def take_calls(
    *,
    actor: Actor,
    source: str,
    site: Site,
    rows: Iterable[CallRow],
    now: datetime,
    lines: store.Lines | None = None,
    turn: Turn | None = None,
) -> Taken:
    """Bring in calls as `record_calls` does, for who writes into the audit what came in bit by bit."""
    require(actor, "calls.import", site)
    store.lock(source, shared=turn is not None)
    refuse_source_of_another_site(source, site)
    place = store.Place(source, site.pk, retention.oldest(now), now + AHEAD)
    turn = turn or ALONE
    total, rest = store.Stored(), iter(rows)
    while (chunk := list(islice(rest, CHUNK))) or lines:
        total.add(store.settle(chunk, lines, place, turn))
        lines = None
    turn.take()
    if total.new or total.corrected:
        _remember(source, site, total)
    if total.slots:
        calls_changed.send(sender=None, site=site.pk, slots=sorted(total.slots))
    refused = [(row, field, str(REASONS[why])) for row, field, why in total.refused]
    return Taken(total.new, total.corrected, total.repeated, refused)


def refuse_source_of_another_site(source: str, site: Site) -> None:
    """Raise Conflict if the source's calls belong to another site: the key of a call does not name the site."""
    known = Source.objects.filter(name=source).exclude(site=site).select_related("site").first()
    if known:
        raise Conflict(
            _("Source “%(source)s” belongs to the site %(site)s.")
            % {"source": source, "site": known.site.name},
            field="source",
            mend=_("Name another source, or choose that site."),
        )


def _remember(source: str, site: Site, stored: store.Stored) -> None:
    """Keep what a list of sources shows, so that nobody counts the calls for it."""
    of_site = Source.objects.filter(name=source, site=site).update(
        calls=F("calls") + stored.new,
        first_at=Least("first_at", Value(stored.first_at)),
        last_at=Greatest("last_at", Value(stored.last_at)),
    )
    if not of_site:
        refuse_source_of_another_site(source, site)  # which has claimed it meanwhile


@transaction.atomic
def match_agent_name(
    *, actor: Actor, source: str, site: Site, name: str, person: User, now: datetime
) -> AgentName:
    """Say who stands behind a name of a source at a site; its calls get their agent and the team of their day.

    Later imports follow. A name that means somebody else already is a Conflict.
    """
    require(actor, "calls.match", site)
    known, fresh = AgentName.objects.get_or_create(
        source=source, site=site, name=name, defaults={"person": person}
    )
    if not fresh and known.person_id != person.pk:
        raise Conflict(
            _("“%(name)s” means %(person)s already.") % {"name": name, "person": known.person},
            field="work_number",
        )
    log.record(actor, "calls.name_matched", known, now=now, person=str(person))
    match_names(actor=actor, site=site, now=now)
    return known


@transaction.atomic
def match_names(*, actor: Actor, site: Site, now: datetime) -> dict[str, int]:
    """Match the site's calls whose agent, queue or customer is known by name only; safe to call again.

    Returns how many calls gained their agent, queue and customer.
    """
    require(actor, "calls.match", site)
    counts, slots = store.match(site.pk)
    if slots:
        calls_changed.send(sender=None, site=site.pk, slots=slots)
        log.record(actor, "calls.names_matched", site, now=now, **counts)
    return counts


@transaction.atomic
def set_retention(*, actor: Actor, kept: int | None, now: datetime) -> Retention:
    """Say for how many whole months before the running one calls are kept; None is for ever. The next sweep drops."""
    require(actor, "calls.set_retention")
    if kept is not None and not FEWEST_MONTHS <= kept <= MOST_MONTHS:
        raise DomainError(
            _("Calls are kept for %(fewest)d to %(most)d months.")
            % {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS},
            field="months",
            mend=_("Leave it blank to keep them for ever."),
        )
    setting, _fresh = Retention.objects.update_or_create(pk=1, defaults={"months": kept})
    log.record(actor, "calls.retention_set", setting, now=now, months=kept)
    return setting


def drop_old(*, actor: Actor, now: datetime) -> list[datetime]:
    """Drop the months that are kept no more, each in its own transaction; return their beginnings.

    Their figures stay. A month that somebody reads for long stays until the next time.
    """
    require(actor, "calls.set_retention")
    return [month for month in retention.too_old(now) if _drop(actor, month, now)]


def _drop(actor: Actor, month: datetime, now: datetime) -> bool:
    try:
        with transaction.atomic():
            months.lock()
            if months.name_of(month) not in months.existing():
                return False
            gone = months.drop(month)
            for source in Source.objects.select_for_update().filter(name__in=dict(gone)):
                source.calls -= min(dict(gone)[source.name], source.calls)
                source.first_at = Call.objects.filter(source=source.name).aggregate(at=Min("entered_at"))[
                    "at"
                ]
                source.save(update_fields=["calls", "first_at"])
            setting = Retention.objects.get()
            log.record(
                actor, "calls.month_dropped", setting, now=now, month=f"{month:%Y-%m}", calls=dict(gone)
            )
    except OperationalError:
        return False
    return True


def make_ahead(*, now: datetime) -> None:
    """Have the tables of this month and the next ready, so that no import waits to make them."""
    with transaction.atomic():
        months.ensure([now, months.after(months.month_of(now))])


def index_months() -> None:
    """Give the months that a file made the indexes that they went without while it came in, each in a transaction.

    A month that somebody writes into for long stays as it is until the next time.
    """
    for name in months.bare():
        with suppress(OperationalError), transaction.atomic():
            months.index(name)


@transaction.atomic
def customer_known_as(
    *, actor: Actor, name: str, contact: str, kind: CustomerKind, now: datetime
) -> Customer:
    """Return the customer of this name and telephone number; without one on file, a new one of this kind.

    A contact that is no number is kept as the address.
    """
    require(actor, "calls.add_customer")
    digits = "".join(filter(str.isdecimal, contact))
    is_number = len(digits) >= FEWEST_DIGITS and len(contact) <= LONGEST_NUMBER
    if is_number and (known := Customer.objects.reached_at(digits).filter(name=name).first()):
        return known
    reached = {"phone" if is_number else "address": contact}
    customer = Customer.objects.create(kind=kind, name=name, **reached)
    log.record(actor, "customer.added", customer, now=now, kind=str(kind))
    return customer
