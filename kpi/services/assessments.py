"""The course of a month's assessment: computed, published with time for appeals, approved, locked and taken to pay."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agents.models import Site, User
from callcenter.access import SYSTEM, Actor, Role, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.jobs.models import Job
from callcenter.jobs.services import start_job
from callcenter.state import check_step
from callcenter.worktime import calendars
from callcenter.worktime.clock import OutOfRange
from callcenter.worktime.models import Policy
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from kpi import months
from kpi.enums.schemes import ASSESSMENT_STEPS, AssessmentState
from kpi.models import Appeal, Assessment, Scheme, Scorecard, ScoreLine
from kpi.selectors import assessing
from kpi.services import assessment_notices
from kpi.services.counted import count_month

APPEAL = "assessment_appeal"
"""The code of the policy that says how many working days there are for an appeal."""
KIND = "assessment"


@transaction.atomic
def ask_for_month(*, actor: User, site: Site, role: str, month: date, now: datetime) -> Job:
    """Have a worker compute a month, or compute it again while it is in preview; what stands against it is said at once."""
    month = months.first_of(month)
    _check_run(actor, site, role, month, now)
    title = _("Assessment %(month)s, %(site)s, %(role)s") % {
        "month": f"{month:%Y-%m}",
        "site": site,
        "role": Role(role).label,
    }
    arguments = {"site": site.pk, "role": role, "month": month.isoformat()}
    return start_job(
        actor=actor, kind=KIND, title=title, arguments=arguments, link=reverse("kpi:assessments"), now=now
    )


def run_month(*, actor: User, site: Site, role: str, month: date, now: datetime) -> Assessment:
    """Score everybody who has the role at the site by the scheme of that month. Doing it again gives the same, anew.

    Figures are read before anything is locked. A Conflict once the scores are told.
    """
    month = months.first_of(month)
    scheme = _check_run(actor, site, role, month, now)
    cards = _cards(scheme, site, month)
    facts = {"scheme": scheme, "computed_by": actor, "computed_at": now}
    with transaction.atomic():
        Assessment.objects.get_or_create(site=site, role=role, month=month, defaults=facts)
        assessment = Assessment.objects.select_for_update().get(site=site, role=role, month=month)
        if assessment.state != AssessmentState.PREVIEW:
            raise Conflict(_("It is published: people know their scores."), mend=_("Decide their appeals."))
        for name, value in facts.items():
            setattr(assessment, name, value)
        assessment.save(update_fields=list(facts))
        assessment.cards.all().delete()
        _write(actor, assessment, cards, now)
        return assessment


def begin_month(*, site: Site, role: str, month: date, now: datetime) -> Assessment | None:
    """Compute a month that nobody has computed yet, and tell whoever makes it; None where somebody has meanwhile.

    It is a preview like any other: computed again as often as asked, and published by a person.
    """
    scheme = _check_run(SYSTEM, site, role, month, now)
    cards = _cards(scheme, site, month)
    facts = {"scheme": scheme, "computed_at": now}
    with transaction.atomic():
        made, is_new = Assessment.objects.get_or_create(site=site, role=role, month=month, defaults=facts)
        if not is_new:
            return None
        _write(SYSTEM, made, cards, now)
        assessment_notices.begun(made, now=now)
    return made


def _cards(scheme: Scheme, site: Site, month: date) -> list[assessing.Card]:
    """Return everybody's card. Figures are read; nothing is locked."""
    count_month(month)
    assessed = assessing.people(scheme.role, [site], month)
    known = assessing.known([scheme], assessed, month)
    return [assessing.card(scheme, one, known) for one in assessed]


def _check_run(actor: Actor, site: Site, role: str, month: date, now: datetime) -> Scheme:
    require(actor, "kpi.assess", Assessment(site=site, role=role))
    today = now.astimezone(ZoneInfo(site.calendar.time_zone)).date()
    if months.after(month) > today:
        raise DomainError(
            _("This month is not over."), field="month", mend=_("Choose the last month, or an earlier one.")
        )
    scheme = assessing.scheme_on(role, month)
    if scheme is None:
        raise DomainError(
            _("No scheme held for this role in %(month)s.") % {"month": f"{month:%Y-%m}"},
            field="role",
            mend=_("Adopt one from that month on."),
        )
    told = Assessment.objects.filter(site=site, role=role, month=month).first()
    if told and told.is_told:
        raise Conflict(_("It is published: people know their scores."), mend=_("Decide their appeals."))
    return scheme


def _write(actor: Actor, assessment: Assessment, cards: list[assessing.Card], now: datetime) -> None:
    made = Scorecard.objects.bulk_create(_row(assessment, card) for card in cards)
    ScoreLine.objects.bulk_create(
        line_of(row, part) for row, card in zip(made, cards, strict=True) for part in card.parts
    )
    scheme = str(assessment.scheme)
    log.record(actor, "assessment.computed", assessment, now=now, people=len(made), scheme=scheme)


def _row(assessment: Assessment, card: assessing.Card) -> Scorecard:
    return Scorecard(
        assessment=assessment,
        person=card.assessed.person,
        team_id=card.assessed.team,
        score=card.outcome.score,
        known=card.outcome.known,
        grade=card.outcome.grade or "",
        earned=card.outcome.earned or "",
        caps=card.caps,
    )


def line_of(row: Scorecard, part: assessing.Part) -> ScoreLine:
    """Return the unsaved row of what an indicator brought."""
    return ScoreLine(
        card=row,
        indicator=part.indicator,
        own=part.own,
        group=part.group,
        own_points=part.own_points,
        group_points=part.group_points,
        points=part.line.points,
        facts=part.facts,
    )


@transaction.atomic
def publish_assessment(*, actor: User, assessment_id: int, now: datetime) -> Assessment:
    """Tell everybody their score; from now on there are some working days of the site for an appeal."""
    assessment = locked(assessment_id)
    require(actor, "kpi.assess", assessment)
    check_step(ASSESSMENT_STEPS, assessment.state, AssessmentState.PUBLISHED)
    if not assessment.cards.exists():
        raise DomainError(_("Nobody is assessed in it."), mend=_("Compute it again."))
    assessment.published_by, assessment.published_at = actor, now
    assessment.appeal_until = appeal_end(assessment.site, now)
    _step(assessment, AssessmentState.PUBLISHED, "published_by", "published_at", "appeal_until")
    log.record(
        actor, "assessment.published", assessment, now=now, appeal_until=assessment.appeal_until.isoformat()
    )
    assessment_notices.published(assessment, now=now)
    return assessment


@transaction.atomic
def approve_assessment(*, actor: User, assessment_id: int, now: datetime) -> Assessment:
    """Approve the scores once the time for appeals is over and each is decided; by another than who published them."""
    assessment = locked(assessment_id)
    require(actor, "kpi.approve_assessment", assessment)
    check_step(ASSESSMENT_STEPS, assessment.state, AssessmentState.APPROVED)
    if assessment.published_by_id == actor.pk:
        raise Conflict(_("You published it yourself."), mend=_("Somebody else approves it."))
    if assessment.appeal_until and now < assessment.appeal_until:
        raise Conflict(
            _("The time for appeals still runs."), mend=_("Approve it when the last working day is over.")
        )
    if Appeal.objects.open().filter(card__assessment=assessment).exists():
        raise Conflict(_("There are appeals that nobody has decided."), mend=_("Decide them first."))
    assessment.approved_by, assessment.approved_at = actor, now
    _step(assessment, AssessmentState.APPROVED, "approved_by", "approved_at")
    log.record(actor, "assessment.approved", assessment, now=now)
    return assessment


@transaction.atomic
def reopen_assessment(*, actor: User, assessment_id: int, reason: str, now: datetime) -> Assessment:
    """Take an approval back before the month is locked, and say why."""
    assessment = locked(assessment_id)
    require(actor, "kpi.approve_assessment", assessment)
    check_step(ASSESSMENT_STEPS, assessment.state, AssessmentState.PUBLISHED)
    if assessment.state != AssessmentState.APPROVED:
        raise Conflict(_("It is not approved."), mend=_("Publish it first."))
    if not reason.strip():
        raise DomainError(
            _("The reason is missing."), code="required", field="reason", mend=_("Say why it is taken back.")
        )
    assessment.approved_by = assessment.approved_at = None
    _step(assessment, AssessmentState.PUBLISHED, "approved_by", "approved_at")
    log.record(actor, "assessment.reopened", assessment, now=now, reason=reason.strip())
    return assessment


@transaction.atomic
def lock_assessment(*, actor: User, assessment_id: int, now: datetime) -> Assessment:
    """Lock an approved month for pay: from now on the database refuses every change."""
    assessment = locked(assessment_id)
    require(actor, "kpi.lock_assessment", assessment)
    check_step(ASSESSMENT_STEPS, assessment.state, AssessmentState.LOCKED)
    assessment.locked_by, assessment.locked_at = actor, now
    log.record(actor, "assessment.locked", assessment, now=now, people=assessment.cards.count())
    _step(assessment, AssessmentState.LOCKED, "locked_by", "locked_at")
    return assessment


def note_pay_export(*, actor: User, assessment: Assessment, now: datetime) -> None:
    """Write down that somebody took a locked month to pay; a Conflict while it is not locked."""
    require(actor, "kpi.lock_assessment", assessment)
    if assessment.state != AssessmentState.LOCKED:
        raise Conflict(_("Only a locked month goes to pay."), mend=_("Lock it first."))
    log.record(actor, "assessment.exported", assessment, now=now)


def appeal_end(site: Site, start: datetime) -> datetime:
    """Return when the working days for an appeal are over that begin at `start`, on the site's calendar."""
    policy = Policy.objects.filter(code=APPEAL).first()
    if policy is None:
        raise DomainError(_("No period is set for this step."), mend=_("Ask an administrator to set one."))
    try:
        return policy.due(start, calendars.load(policy.calendar_id or site.calendar_id)).at
    except OutOfRange:
        # A calendar without working hours must not take anybody's time for an appeal.
        return policy.due(start, calendars.load_by_code(DEFAULT_CALENDAR)).at


def locked(assessment_id: int) -> Assessment:
    """Return the assessment with its row locked."""
    rows: Any = Assessment.objects.select_for_update(of=("self",)).select_related("site__calendar", "scheme")
    assessment: Assessment = rows.get(pk=assessment_id)
    return assessment


def _step(assessment: Assessment, state: AssessmentState, *fields: str) -> None:
    assessment.state = state
    assessment.save(update_fields=["state", *fields])
