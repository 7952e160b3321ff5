"""Shifts: days in the published roster, adherence to it, and logged states; by the local day on which they begin."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db.models import (
    Aggregate,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from agents.models import Membership
from kpi.models import AgentDay
from kpi.selectors.sources.days import Facts, grouped, local_day, scope, span
from shifts.enums import AgentState, OccupancyKind
from shifts.models import Attendance, Occupancy, StateSpan

if TYPE_CHECKING:
    from kpi.selectors.series import Question

BUSY: Final = (AgentState.ON_CALL, AgentState.WRAP_UP)
SECONDS: Final = Func(
    F("ends_at"),
    F("starts_at"),
    template="floor(extract(epoch FROM %(expressions)s))::bigint",
    arg_joiner=" - ",
    output_field=IntegerField(),
)


def _rostered(question: "Question") -> tuple[QuerySet[Any], str]:
    # A shift with a break is several pieces of work, and the day counts once.
    rows = Occupancy.objects.filter(kind=OccupancyKind.WORK)
    earlier = rows.filter(person=OuterRef("person"), shift__day=OuterRef("shift__day"), pk__lt=OuterRef("pk"))
    answered = AgentDay.objects.filter(agent=OuterRef("person"), at=OuterRef("day")).values("agent")
    return (
        rows.filter(~Exists(earlier), period__overlap=span(question)).annotate(
            day=F("shift__day"), calls=Subquery(answered.annotate(total=Sum("answered")).values("total"))
        ),
        "site",
    )


def _attended(question: "Question") -> tuple[QuerySet[Any], str]:
    # Of a shift without any logged state nothing is known.
    del question
    return Attendance.objects.filter(logged_seconds__gt=0), "shift__roster__site"


def _logged(question: "Question") -> tuple[QuerySet[Any], str]:
    rows = StateSpan.objects.filter(
        state__in=[*BUSY, AgentState.AVAILABLE],
        period__overlap=span(question),
        period__upper_inf=False,
    ).annotate(
        starts_at=ExpressionWrapper(RangeStartsWith("period"), DateTimeField()),
        ends_at=ExpressionWrapper(RangeEndsWith("period"), DateTimeField()),
    )
    return rows.annotate(day=local_day("person__site", "starts_at")), "person__site"


TABLES: Final[tuple[tuple[Callable[["Question"], tuple[QuerySet[Any], str]], dict[str, Aggregate]], ...]] = (
    (_rostered, {"rostered_days__sum": Count("pk"), "rostered_calls__sum": Sum("calls", default=0)}),
    (
        _attended,
        {"right_seconds__sum": Sum("right_seconds"), "scheduled_seconds__sum": Sum("scheduled_seconds")},
    ),
    (
        _logged,
        {
            "busy_seconds__sum": Sum(SECONDS, filter=Q(state__in=BUSY)),
            "available_seconds__sum": Sum(SECONDS, filter=Q(state=AgentState.AVAILABLE)),
        },
    ),
)
"""Where each counter is found."""


def counted(user: Any, question: "Question", names: Collection[str]) -> list[dict[str, Any]]:
    """Return the counters of shifts, in one statement for each table that is needed. The team is that of the day."""
    found = []
    for table, counters in TABLES:
        wanted = {name: how for name, how in counters.items() if name in names}
        if not wanted:
            continue
        rows, site = table(question)
        member = Membership.objects.filter(person=OuterRef("person"), period__contains=OuterRef("day"))
        rows = rows.annotate(
            team_of_day=Subquery(member.values("team")[:1]),
            team_name=Subquery(member.values("team__name")[:1]),
        ).filter(scope(user, site=site, person="person", team="team_of_day"))
        facts = Facts(rows, site, "person", F("team_of_day"), F("team_name"))
        found += grouped(facts, question, wanted)
    return found
