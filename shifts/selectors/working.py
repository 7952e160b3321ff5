"""What is known of many people's published time, in five queries however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from agents.models import Contract, PersonSkill, Site
from shifts.enums import OccupancyKind
from shifts.limits import MINUTE, Limits, Span
from shifts.models import Occupancy, Shift, ShiftBreak, SiteRules
from shifts.moving import Working

AROUND = timedelta(days=14)
"""How far before and after a change its effect on rest and rows of days is looked for."""
NONE = timedelta()


def rules_of(site: Site) -> SiteRules:
    """Return the rules of the site; those of the domain where it has set none."""
    return SiteRules.objects.filter(site=site).first() or SiteRules(site=site)


def zone_of(site: Site) -> ZoneInfo:
    """Return the zone of the site's calendar."""
    return ZoneInfo(site.calendar.time_zone)


def window(days: Iterable[date]) -> tuple[date, date]:
    """Return the whole weeks that limits need to see around these days, half-open."""
    known = list(days)
    since, until = min(known) - AROUND, max(known) + AROUND
    return since - timedelta(days=since.weekday()), until + timedelta(days=7 - until.weekday())


def with_unpaid(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Return the shifts with `unpaid`, the time of their breaks that does not count as work."""
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
    breaks = ShiftBreak.objects.filter(shift=OuterRef("pk"), is_paid=False).order_by().values("shift")
    unpaid = Subquery(breaks.annotate(all=Sum(length)).values("all"), output_field=DurationField())
    return shifts.annotate(unpaid=Coalesce(unpaid, Value(NONE)))


def span_of(shift: Any) -> Span:
    """Return a shift `with_unpaid` as it was published."""
    return _span(shift.published_starts_at, shift.published_ends_at, shift.day, shift.unpaid)


def _span(starts_at: Any, ends_at: Any, day: date, unpaid: timedelta) -> Span:
    return Span(starts_at, ends_at, day, int((ends_at - starts_at - unpaid) / MINUTE))


def working(
    people: Collection[int], days: Collection[date], site: Site, *, skills: Collection[int] = ()
) -> dict[int, Working]:
    """Return what is known of these people around these days; `skills` are those that matter."""
    since, until = window(days)
    spans = _spans(people, since, until)
    away = _away(people, since, until, zone_of(site))
    able = _able(people, skills) if skills else {}
    weekly = dict(
        Contract.objects.on(min(days)).filter(person__in=people).values_list("person", "weekly_minutes")
    )
    rules = rules_of(site)
    return {
        person: Working(
            person=person,
            spans=spans.get(person, {}),
            away=away.get(person, []),
            skills=able.get(person, {}),
            limits=Limits(
                rules.rest_minutes, rules.days_in_row, max(weekly.get(person, 0), rules.weekly_minutes)
            ),
        )
        for person in people
    }


def _spans(people: Collection[int], since: date, until: date) -> dict[int, dict[int, Span]]:
    told = Shift.objects.published().filter(published_person__in=people, day__gte=since, day__lt=until)
    fields = ("published_person", "pk", "published_starts_at", "published_ends_at", "day", "unpaid")
    found: dict[int, dict[int, Span]] = defaultdict(dict)
    for person, key, *facts in with_unpaid(told).values_list(*fields):
        found[person][key] = _span(*facts)
    return found


def _away(people: Collection[int], since: date, until: date, zone: ZoneInfo) -> dict[int, list[Any]]:
    from_, to = (datetime.combine(day, time(), zone) for day in (since, until))
    leave = Occupancy.objects.filter(person__in=people, kind=OccupancyKind.LEAVE).within(from_, to)
    found: dict[int, list[Any]] = defaultdict(list)
    for person, period in leave.values_list("person", "period"):
        found[person].append((period.lower, period.upper))
    return found


def _able(people: Collection[int], skills: Collection[int]) -> dict[int, dict[int, list[Any]]]:
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    rows = PersonSkill.objects.filter(person__in=people, skill__in=skills)
    for person, skill, period in rows.values_list("person", "skill", "period"):
        found[person][skill].append((period.lower or date.min, period.upper or date.max))
    return found
