"""The report to the leaders (领导通报): one for every week, made once, mailed once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min

from agents.models import RoleGrant, User
from agents.notices import notices
from callcenter.access import SYSTEM, Role, require
from callcenter.audit import log
from callcenter.outbox import queue
from feedback import selectors
from feedback.figures import MEASURES, figures, hides_parts
from feedback.models import Item, Report
from feedback.selectors import analysis
from feedback.services.telling import house_policy
from feedback.suppression import Least

WEEK = timedelta(weeks=1)
LOOKS_BACK = 26
"""So many weeks later what a week hid may still be told together with others."""
MOST_WEEKS = 53
"""So far back are missed weeks made up for."""
LEADERS = (Role.EXECUTIVE, Role.SERVICE_MANAGER)


def make_reports(*, now: datetime) -> int:
    """Make the report of every full week that has none, and tell the leaders of the newest; return how many.

    A week is Monday to Sunday at the centre. Figures are frozen with what is too small already hidden: neither the numbers
    of the board nor the size of a site changes later what a week tells.
    """
    today = selectors.day_of_centre(now)
    monday = today - timedelta(days=today.weekday())
    made = 0
    since = max(_first(), monday - MOST_WEEKS * WEEK)
    while since < monday:
        made += _make(since, now, newest=since + WEEK == monday)
        since += WEEK
    return made


def note_taken(*, actor: User, what: str, form: str, now: datetime, **details: Any) -> None:
    """Write into the audit who took which figures out of the house, and as what (“csv”, “xlsx”, “pdf”)."""
    require(actor, "feedback.read_reports")
    log.record(actor, "feedback.figures_taken", actor, now=now, what=what, form=form, **details)


def _first() -> date:
    """Return the Monday after the last report; without any, that of the first item."""
    last = Report.objects.order_by("-until").values_list("until", flat=True).first()
    if last:
        return last
    released = Item.objects.aggregate(first=Min("released_at"))["first"]
    first = selectors.day_of_centre(released) if released else date.max
    return first - timedelta(days=first.weekday())


def _make(since: date, now: datetime, *, newest: bool) -> int:
    policy = house_policy()
    least = Least(policy.smallest_cell, policy.smallest_unit)
    until = since + WEEK
    measures = figures(analysis.facts(since, until), analysis.names(), analysis.sizes(), least)
    content = {
        "since": since.isoformat(),
        "least": {"cell": least.cell, "unit": least.unit},
        "measures": measures,
        "caught_up": _caught_up(since, measures, least),
        "topics": analysis.hot_topics(until),
    }
    try:
        with transaction.atomic():
            report = Report.objects.create(since=since, until=until, made_at=now, figures=content)
            log.record(SYSTEM, "feedback.reported", report, now=now)
            if newest:
                _tell(report, now)
    except IntegrityError:
        # Another worker made it meanwhile.
        return 0
    return 1


def _caught_up(since: date, measures: Mapping[str, Any], least: Least) -> dict[str, Any]:
    """Return the parts of all that single weeks up to this one hid, added up, for the measures where that can be told now."""
    weeks = [one.figures for one in Report.objects.filter(since__lt=since).order_by("-since")[:LOOKS_BACK]][
        ::-1
    ]
    weeks.append({"since": since.isoformat(), "measures": measures, "caught_up": {}})
    told: dict[str, Any] = {}
    for measure, names in MEASURES.items():
        done = {week for one in weeks if (entry := one["caught_up"].get(measure)) for week in entry["weeks"]}
        hidden = [
            one["since"]
            for one in weeks
            if one["since"] not in done and hides_parts(one["measures"][measure]["all"])
        ]
        facts = [
            fact
            for day in map(date.fromisoformat, hidden)
            for fact in analysis.facts_of(measure, day, day + WEEK)
        ]
        parts = {name: sum(fact.part == name for fact in facts) for name in names}
        if hidden and all(map(least.allows, parts.values())):
            told[measure] = {"weeks": hidden, "parts": parts}
    return told


def _tell(report: Report, now: datetime) -> None:
    held = RoleGrant.objects.on(selectors.day_of_centre(now)).filter(role__in=LEADERS)
    people = User.objects.filter(pk__in=held.values("person"), is_active=True).select_related(
        "site__calendar"
    )
    every = {name: table["all"] for name, table in report.figures["measures"].items()}
    context = {
        "since": report.since.isoformat(),
        "last": report.last.isoformat(),
        "path": report.get_absolute_url(),
        **{name: cell["n"] if cell else None for name, cell in every.items()},
    }
    key = f"feedback-report:{report.since}"
    queue.enqueue(
        notices(key, list(people), template="feedback/notify/report", context=context, topic=key, now=now)
    )
