"""Versions of schemes: drafted, changed, adopted from a month on, dropped. What was adopted never changes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.state import check_step
from kpi import months
from kpi.enums.schemes import ASSESSED_ROLES, OF_GROUP, SCHEME_STEPS, GateKind, SchemeState
from kpi.facts import GateFacts, GradeFacts, IndicatorFacts, SchemeFacts
from kpi.metrics import REGISTRY
from kpi.models import Assessment, Gate, Grade, Indicator, Scheme
from kpi.selectors.assessing import can_score

MOST_PARTS = 30
CURVE = ("threshold", "target", "stretch", "threshold_points", "target_points", "stretch_points")


@transaction.atomic
def draft_scheme(*, actor: User, role: str, facts: SchemeFacts, now: datetime) -> Scheme:
    """Write the next version of a role's scheme, which scores nobody until it is adopted."""
    require(actor, "kpi.make_scheme")
    if role not in ASSESSED_ROLES:
        raise DomainError(
            _("This role has no scheme."), field="role", mend=_("Choose one of those that are assessed.")
        )
    _check(role, facts)
    # The versions of a role are numbered one after the other, however many write at once.
    list(Scheme.objects.filter(role=role).select_for_update().values_list("pk"))
    last = Scheme.objects.filter(role=role).aggregate(last=Max("number"))["last"] or 0
    scheme = Scheme.objects.create(
        role=role,
        number=last + 1,
        name=facts.name.strip(),
        note=facts.note.strip(),
        team_share=facts.team_share,
        made_by=actor,
        made_at=now,
    )
    _write_parts(scheme, facts)
    log.record(actor, "scheme.drafted", scheme, now=now, **_in_audit(facts))
    return scheme


@transaction.atomic
def change_scheme(*, actor: User, scheme_id: int, facts: SchemeFacts, now: datetime) -> Scheme:
    """Write a draft anew; a version that was adopted or dropped is a Conflict."""
    scheme = _locked(scheme_id)
    require(actor, "kpi.make_scheme")
    if not scheme.is_draft:
        raise Conflict(_("It is no draft any more."), mend=_("Write the next version."))
    _check(scheme.role, facts)
    scheme.name, scheme.note, scheme.team_share = facts.name.strip(), facts.note.strip(), facts.team_share
    scheme.save(update_fields=["name", "note", "team_share"])
    for parts in (scheme.indicators, scheme.grades, scheme.gates):
        parts.all().delete()
    _write_parts(scheme, facts)
    log.record(actor, "scheme.changed", scheme, now=now, **_in_audit(facts))
    return scheme


@transaction.atomic
def adopt_scheme(*, actor: User, scheme_id: int, since: date, now: datetime) -> Scheme:
    """Let a draft hold from a month on; the version before it ends there.

    Refused where the months were already assessed by another version, or a later one has begun.
    """
    scheme = _locked(scheme_id)
    require(actor, "kpi.make_scheme")
    check_step(SCHEME_STEPS, scheme.state, SchemeState.ADOPTED)
    month = months.first_of(since)
    if not scheme.indicators.exists() or not scheme.grades.exists():
        raise DomainError(
            _("It has no indicators or no grades."), mend=_("Write them first, then try it on past months.")
        )
    _check_free(scheme, month)
    for former in Scheme.objects.filter(role=scheme.role, period__contains=month):
        former.period = DateRange(former.period.lower, month)
        former.save(update_fields=["period"])
    scheme.state, scheme.period = SchemeState.ADOPTED, DateRange(month, None)
    scheme.adopted_by, scheme.adopted_at = actor, now
    scheme.save(update_fields=["state", "period", "adopted_by", "adopted_at"])
    log.record(actor, "scheme.adopted", scheme, now=now, since=month.isoformat())
    return scheme


@transaction.atomic
def drop_scheme(*, actor: User, scheme_id: int, now: datetime) -> Scheme:
    """Throw a draft away; its trials stay to be read."""
    scheme = _locked(scheme_id)
    require(actor, "kpi.make_scheme")
    check_step(SCHEME_STEPS, scheme.state, SchemeState.DROPPED)
    scheme.state = SchemeState.DROPPED
    scheme.save(update_fields=["state"])
    log.record(actor, "scheme.dropped", scheme, now=now)
    return scheme


def _locked(scheme_id: int) -> Scheme:
    """Return the version, after every version of its role is locked."""
    role = Scheme.objects.values_list("role", flat=True).get(pk=scheme_id)
    rows = {row.pk: row for row in Scheme.objects.filter(role=role).select_for_update().order_by("pk")}
    return rows[scheme_id]


def _check_free(scheme: Scheme, month: date) -> None:
    later = Scheme.objects.filter(role=scheme.role, period__startswith__gte=month)
    if later.exists():
        raise DomainError(
            _("Another version begins in that month or later."),
            field="since",
            mend=_("Choose a later month."),
        )
    made = Assessment.objects.filter(role=scheme.role, month__gte=month).order_by("month").last()
    if made:
        raise DomainError(
            _("%(month)s was assessed already.") % {"month": f"{made.month:%Y-%m}"},
            field="since",
            mend=_("Choose a later month."),
        )


def _check(role: str, facts: SchemeFacts) -> None:
    if not facts.name.strip():
        raise DomainError(_("The name is missing."), code="required", field="name", mend=_("Give it one."))
    if facts.team_share and role not in OF_GROUP:
        raise DomainError(
            _("People of this role have no team whose figures could count."),
            field="team_share",
            mend=_("Set the share to 0."),
        )
    if max(len(facts.indicators), len(facts.grades), len(facts.gates)) > MOST_PARTS:
        raise DomainError(
            _("More than %(most)d of a kind are too many.") % {"most": MOST_PARTS}, field="indicators"
        )
    _check_indicators(facts.indicators)
    _check_grades(facts)


def _check_indicators(indicators: Sequence[IndicatorFacts]) -> None:
    seen: set[Any] = set()
    for one in indicators:
        metric = REGISTRY.get(one.metric)
        if (metric is None) == (one.checklist is None):
            raise DomainError(
                _("“%(value)s” is not known here.") % {"value": one.metric},
                field="indicators",
                mend=_("Name a figure of the registry, or a checklist."),
            )
        name = {"name": str(metric.name) if metric else str(one.checklist)}
        if metric and not can_score(metric):
            raise DomainError(
                _("“%(name)s” has no figure of each person.") % name,
                field="indicators",
                mend=_("Choose another figure, or a checklist."),
            )
        if (one.metric, one.checklist) in seen:
            raise DomainError(_("“%(name)s” stands there twice.") % name, field="indicators")
        seen.add((one.metric, one.checklist))
        curve = Indicator(**_of_curve(one)).curve
        wanted = metric.more_is_better if metric else True
        if not curve.is_sound or (wanted is not None and wanted != curve.more_is_better):
            raise DomainError(
                _("The curve of “%(name)s” does not run one way from threshold to target to stretch.") % name,
                field="indicators",
                mend=_("Let the figures get better from step to step, and the points not fall."),
            )


def _check_grades(facts: SchemeFacts) -> None:
    names = [grade.name for grade in facts.grades]
    if facts.grades and min(grade.at_least for grade in facts.grades) != 0:
        raise DomainError(
            _("No grade begins at a score of 0."), field="grades", mend=_("Let the lowest begin there.")
        )
    if len(set(names)) < len(names) or len({grade.at_least for grade in facts.grades}) < len(names):
        raise DomainError(_("Two grades have the same name or score."), field="grades")
    for gate in facts.gates:
        if gate.cap not in names:
            raise DomainError(
                _("“%(name)s” is none of the grades.") % {"name": gate.cap},
                field="gates",
                mend=_("Name the best grade that the gate leaves."),
            )
    if len({(gate.kind, gate.count) for gate in facts.gates}) < len(facts.gates):
        raise DomainError(_("Two gates are the same."), field="gates")


def _of_curve(one: IndicatorFacts | Indicator) -> dict[str, Any]:
    return {name: getattr(one, name) for name in CURVE}


def _write_parts(scheme: Scheme, facts: SchemeFacts) -> None:
    Indicator.objects.bulk_create(
        Indicator(
            scheme=scheme,
            position=position,
            metric=one.metric,
            checklist=one.checklist,
            weighing=one.weighing,
            weight=one.weight,
            **_of_curve(one),
        )
        for position, one in enumerate(facts.indicators, start=1)
    )
    Grade.objects.bulk_create(Grade(scheme=scheme, **asdict(one)) for one in facts.grades)
    Gate.objects.bulk_create(Gate(scheme=scheme, **asdict(one)) for one in facts.gates)


def _in_audit(facts: SchemeFacts) -> dict[str, Any]:
    return {
        "team_share": facts.team_share,
        "indicators": [
            [str(one.checklist or one.metric), one.weight, one.threshold, one.target, one.stretch]
            for one in facts.indicators
        ],
        "grades": [[one.name, str(one.at_least), str(one.factor)] for one in facts.grades],
        "gates": [[GateKind(one.kind).value, one.count, one.cap] for one in facts.gates],
    }


def facts_of(scheme: Scheme) -> SchemeFacts:
    """Return what a version says, for the next one to begin with."""
    return SchemeFacts(
        name=scheme.name,
        note=scheme.note,
        team_share=scheme.team_share,
        indicators=[
            IndicatorFacts(
                weight=one.weight,
                metric=one.metric,
                checklist=one.checklist,
                weighing=one.weighing,
                **_of_curve(one),
            )
            for one in scheme.indicators.select_related("checklist")
        ],
        grades=[GradeFacts(one.name, one.at_least, one.factor) for one in scheme.grades.all()],
        gates=[GateFacts(one.kind, one.cap, one.count) for one in scheme.gates.all()],
    )
