"""What somebody is assessed by: who has the role, their figures and their team's, what raters saw, what caps a grade.

A month is read once for all people and all versions of a scheme that are asked about, then every card is arithmetic.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from agents.models import ConductRecord, Leadership, Membership, RoleGrant, Site, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.access import Role
from complaints.enums import Outcome
from complaints.models import Complaint
from kpi import months
from kpi.enums.schemes import OF_GROUP, GateKind
from kpi.measures import Metric
from kpi.models import Indicator, Rating, Scheme
from kpi.scoring import raters
from kpi.scoring.card import Grade, Line, outcome
from kpi.scoring.card import Outcome as Scored
from kpi.selectors.figures import Figures, figures
from kpi.selectors.sources import GROUPS


class _Centre:
    """Reads the figures of the whole centre, so that a score does not depend on who asks for it."""

    pk = 0
    site_id = None
    site_ids: Sequence[int] = ()
    led_team_ids: Sequence[int] = ()
    team_ids: Sequence[int] = ()

    def holds(self, *_roles: Role) -> bool:
        """Say yes to every role."""
        return True

    def __int__(self) -> int:
        """Return the key of nobody: what is kept from a person about themself is kept from nobody."""
        return self.pk


CENTRE: Final = _Centre()
CALLS, PERSON = "calls", "agent"


@dataclass(frozen=True, slots=True)
class Assessed:
    """Somebody with the role: their team of the month, and the group whose figures are a part of their score."""

    person: User
    team: int | None
    group: str


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of a month: own figures by work number, those of groups, ratings, what may cap a grade."""

    own: Figures
    groups: Figures
    rated: Mapping[tuple[int, int], raters.Rated]
    events: Mapping[str, Mapping[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator brought somebody."""

    indicator: Indicator
    own: float | None
    group: float | None
    own_points: float | None
    group_points: float | None
    line: Line
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody's card as it is computed."""

    assessed: Assessed
    parts: list[Part]
    caps: list[dict[str, Any]]
    outcome: Scored


def people(role: str, sites: Iterable[Site], month: date) -> list[Assessed]:
    """Return who has the role at these sites on the last day of the month, by work number."""
    last = months.last_of(month)
    holders: Any
    if role == Role.TEAM_LEAD:
        holders = Leadership.objects.on(last).values("person")
    else:
        holders = RoleGrant.objects.on(last).filter(role=role).values("person")
    found = User.objects.filter(pk__in=holders, site__in=sites, is_active=True).select_related("site")
    everybody = list(found.order_by("work_number"))
    teams = _teams(Leadership if role == Role.TEAM_LEAD else Membership, everybody, month)
    by_site = OF_GROUP.get(Role(role)) == "site"
    return [
        Assessed(one, team, one.site.code if by_site else str(team or ""))
        for one in everybody
        for team in [teams.get(one.pk)]
    ]


def _teams(dated: Any, everybody: Sequence[User], month: date) -> dict[int, int]:
    """Return the team in which, or as whose lead, each spent most days of the month."""
    last = months.last_of(month)
    spent: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = dated.objects.filter(person__in=everybody, period__overlap=(month, months.after(month)))
    for person, team, period in rows.values_list("person", "team", "period"):
        until = min(period.upper or months.after(last), months.after(last))
        spent[person][team] += (until - max(period.lower, month)).days
    return {person: max(teams, key=lambda team: (teams[team], -team)) for person, teams in spent.items()}


def known(schemes: Iterable[Scheme], assessed: Sequence[Assessed], month: date) -> Month:
    """Read a month for all these people and versions of one role's scheme."""
    schemes = list(schemes)
    role = schemes[0].role
    metrics = sorted({one.metric for scheme in schemes for one in scheme.indicators.all() if one.metric})
    since, until = month, months.last_of(month)
    own: Figures = {}
    groups: Figures = {}
    if metrics:
        own = figures(CENTRE, metrics, since, until, group_by="agent")
        if any(scheme.team_share for scheme in schemes) and (by := OF_GROUP.get(Role(role))):
            groups = figures(CENTRE, metrics, since, until, group_by=by)
    keys = [one.person.pk for one in assessed]
    return Month(own, groups, rated(keys, month), _events(keys, month))


def rated(keys: Collection[int], month: date) -> dict[tuple[int, int], raters.Rated]:
    """Return what raters say together of each of these people in a month, by person and checklist."""
    said: dict[tuple[int, int], list[float | None]] = defaultdict(list)
    rows = Rating.objects.filter(month=month, person__in=keys).order_by("pk")
    for person, checklist, marks in rows.values_list("person", "checklist", "marks"):
        said[person, checklist].append(raters.share(marks))
    return {key: raters.together(shares) for key, shares in said.items()}


def _events(keys: Collection[int], month: date) -> dict[str, dict[int, list[str]]]:
    """Return what may cap a grade: complaints whose ruling of this month still says valid, and penalties, by number."""
    found: dict[str, dict[int, list[str]]] = {kind: defaultdict(list) for kind in GateKind}
    ruled = Complaint.objects.filter(
        staff_concerned__in=keys,
        rulings__outcome=Outcome.VALID,
        rulings__replaced_by=None,
        **_within("rulings__at", month),
    ).order_by("reference")
    for person, reference in ruled.values_list("staff_concerned", "reference"):
        found[GateKind.VALID_COMPLAINT][person].append(reference)
    penalties = ConductRecord.objects.in_force().filter(
        person__in=keys, occurred_on__range=(month, months.last_of(month))
    )
    for person, number in penalties.order_by("pk").values_list("person", "pk"):
        found[GateKind.PENALTY][person].append(f"R-{number}")
    return found


def _within(name: str, month: date) -> dict[str, Any]:
    bounds = [datetime.combine(day, time(), DAY_OF_CENTRE) for day in (month, months.after(month))]
    return {f"{name}__gte": bounds[0], f"{name}__lt": bounds[1]}


def card(scheme: Scheme, assessed: Assessed, month: Month) -> Card:
    """Return somebody's card by a version of the scheme. Nothing is read: `scheme` brings its parts along."""
    parts = [
        part(scheme, indicator, *_figures(indicator, assessed, month))
        for indicator in scheme.indicators.all()
    ]
    caps = [
        {"kind": gate.kind, "count": gate.count, "cap": gate.cap, "events": events}
        for gate in scheme.gates.all()
        if len(events := month.events[gate.kind].get(assessed.person.pk, [])) >= gate.count
    ]
    return Card(assessed, parts, caps, scored(scheme, [one.line for one in parts], caps))


def part(
    scheme: Scheme, indicator: Indicator, own: float | None, group: float | None, facts: dict[str, Any]
) -> Part:
    """Return what an indicator brings for these figures."""
    own_points, group_points = indicator.curve.of(own), indicator.curve.of(group)
    share = scheme.team_share if indicator.metric else 0
    line = Line(indicator.weight, own_points, group_points, share)
    return Part(indicator, own, group, own_points, group_points, line, facts)


def scored(scheme: Scheme, lines: Sequence[Line], caps: Iterable[Mapping[str, Any]]) -> Scored:
    """Return score and grade of these lines by the version's grades."""
    grades = [Grade(grade.name, float(grade.at_least)) for grade in scheme.grades.all()]
    return outcome(lines, grades, [cap["cap"] for cap in caps])


def _figures(
    indicator: Indicator, assessed: Assessed, month: Month
) -> tuple[float | None, float | None, dict[str, Any]]:
    if indicator.checklist_id:
        said = month.rated.get((assessed.person.pk, indicator.checklist_id), raters.together([]))
        return said.figure, None, {"raters": said.raters, "spread": said.spread}
    own = month.own.get(assessed.person.work_number, {}).get(indicator.metric)
    group = month.groups.get(assessed.group, {}).get(indicator.metric) if assessed.group else None
    return own, group, {}


def can_score(metric: Metric) -> bool:
    """Say whether a metric has a figure of each person."""
    return metric.source == CALLS or PERSON in GROUPS[metric.source]


def scheme_on(role: str, month: date) -> Scheme | None:
    """Return the version that holds for a role in a month, with its parts."""
    found: Scheme | None = with_parts(Scheme.objects.on(month).filter(role=role)).first()
    return found


def with_parts(schemes: Any) -> Any:
    """Return versions with all that a card is made of."""
    return schemes.prefetch_related("indicators__checklist", "grades", "gates")
