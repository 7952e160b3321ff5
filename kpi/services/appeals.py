"""Appeals against a scorecard: made once, in time; decided with a reason, by correcting what was measured."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.state import check_step
from kpi.enums.schemes import APPEAL_STEPS, AppealState, AssessmentState
from kpi.facts import Correction
from kpi.models import Appeal, Assessment, Indicator, Scorecard, ScoreLine
from kpi.scoring.card import Line
from kpi.selectors import assessing
from kpi.services import assessment_notices, assessments

WHOLE = 100
"""Percent."""


@transaction.atomic
def appeal_score(*, actor: User, card_id: int, text: str, now: datetime) -> Appeal:
    """Say what is wrong with the own scorecard, once and in time; whoever decides is told."""
    card = _locked(card_id)
    require(actor, "kpi.appeal", card)
    if card.assessment.state != AssessmentState.PUBLISHED:
        raise Conflict(_("There is no time for appeals now."), mend=_("Speak with your lead."))
    if hasattr(card, "appeal"):
        raise Conflict(_("You have appealed already."), mend=_("Wait for the decision."))
    if not card.may_appeal(now):
        raise Conflict(_("The time for an appeal is over."), mend=_("Speak with your lead."))
    if not text.strip():
        raise DomainError(
            _("The appeal is missing."), code="required", field="text", mend=_("Say what is wrong, and why.")
        )
    appeal = Appeal.objects.create(card=card, text=text.strip(), at=now)
    log.record(actor, "score.appealed", card, now=now)
    assessment_notices.appealed(appeal, now=now)
    return appeal


@transaction.atomic
def decide_appeal(
    *,
    actor: User,
    card_id: int,
    state: str,
    decision: str,
    correction: Correction | None = None,
    now: datetime,
) -> Appeal:
    """Grant or reject an appeal and say why. Granting corrects what was measured, and the score is computed anew."""
    card = _locked(card_id)
    require(actor, "kpi.decide_appeal", card)
    appeal = Appeal.objects.filter(card=card).first()
    if appeal is None:
        raise Conflict(_("There is no appeal."), mend=_("Reload the page."))
    check_step(APPEAL_STEPS, appeal.state, state)
    if not decision.strip():
        raise DomainError(
            _("The reason is missing."), code="required", field="decision", mend=_("Say why you decide so.")
        )
    correction = correction or Correction()
    before = str(card.score)
    if state == AppealState.GRANTED:
        _correct(card, correction, decision.strip())
        appeal.indicator, appeal.figure = correction.indicator, correction.figure
        appeal.lifts_gates = correction.lifts_gates
    appeal.state, appeal.decision, appeal.decided_by, appeal.decided_at = state, decision.strip(), actor, now
    appeal.save()
    log.record(
        actor, "score.appeal_decided", card, now=now, outcome=state, before=before, after=str(card.score)
    )
    assessment_notices.decided(appeal, now=now)
    return appeal


def _correct(card: Scorecard, correction: Correction, why: str) -> None:
    if not correction.indicator and not correction.lifts_gates:
        raise DomainError(
            _("Nothing is corrected."),
            field="indicator",
            mend=_("Name the indicator whose figure was wrong, or lift the gates."),
        )
    scheme = assessing.with_parts(type(card.assessment.scheme).objects).get(pk=card.assessment.scheme_id)
    if correction.indicator:
        row = ScoreLine.objects.filter(card=card, indicator=correction.indicator).first()
        if row is None:
            raise DomainError(
                _("This indicator is none of the scorecard's."), field="indicator", mend=_("Choose another.")
            )
        part = _corrected(scheme, correction.indicator, correction.figure, row, why)
        fresh = assessments.line_of(card, part)
        fresh.pk = row.pk
        fresh.save()
    if correction.lifts_gates:
        card.caps = []
    _score(card, scheme)


def _corrected(
    scheme: Any, indicator: Indicator, figure: float | None, row: ScoreLine, why: str
) -> assessing.Part:
    """Return what the indicator brings with the figure put right: the own one, or where that is all of it the group's."""
    if scheme.team_share == WHOLE and indicator.metric:
        return assessing.part(scheme, indicator, row.own, figure, {"was": row.group, "why": why})
    group = row.group if figure is not None else None
    return assessing.part(scheme, indicator, figure, group, {"was": row.own, "why": why})


def _score(card: Scorecard, scheme: Any) -> None:
    lines = [Line(line.indicator.weight, line.points) for line in card.lines.select_related("indicator")]
    scored = assessing.scored(scheme, lines, card.caps)
    card.score, card.known = scored.score, scored.known
    card.grade, card.earned = scored.grade or "", scored.earned or ""
    card.save(update_fields=["score", "known", "grade", "earned", "caps"])


def _locked(card_id: int) -> Scorecard:
    """Return the scorecard; its assessment's row is locked first, so that an approval or another appeal waits."""
    assessment = Scorecard.objects.values_list("assessment", flat=True).get(pk=card_id)
    list(Assessment.objects.select_for_update().filter(pk=assessment).values_list("pk"))
    rows: Any = Scorecard.objects.select_for_update(of=("self",)).select_related(
        "assessment__site__calendar", "assessment__scheme", "person__site__calendar", "appeal"
    )
    card: Scorecard = rows.get(pk=card_id)
    return card
