"""The course of a month: computed, published, appealed, approved, locked; what the database keeps."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Message
from callcenter.state import IllegalTransition
from kpi.facts import Correction, IndicatorFacts
from kpi.models import Scorecard, ScoreLine
from kpi.services import appeals, assessments, schemes
from tests.kpi.schemes.conftest import FACTS, OCTOBER


def card(assessment, person) -> Scorecard:
    return Scorecard.objects.get(assessment=assessment, person=person)


def told(template: str) -> set[str]:
    found = Message.objects.filter(template=f"kpi/notify/{template}")
    return set(found.values_list("recipient__work_number", flat=True))


@pytest.fixture
def published(office):
    office.scheme()
    return office.publish(office.run())


@pytest.fixture
def appealed(office, published):
    mine = card(published, office.house.agent)
    appeals.appeal_score(actor=office.house.agent, card_id=mine.pk, text="The line was down.", now=office.now)
    return mine


def decide(office, mine, **more):
    given = {"actor": office.house.supervisor, "state": "granted", "decision": "It was.", **more}
    return appeals.decide_appeal(card_id=mine.pk, now=office.now, **given)


def approve(office, assessment, *, after: timedelta = timedelta(days=30), **more):
    given = {"actor": office.house.regional, "now": office.now + after, **more}
    return assessments.approve_assessment(assessment_id=assessment.pk, **given)


def test_everybody_with_the_role_gets_points_by_their_figures(office):
    office.scheme()
    run = office.run()
    mine, theirs = card(run, office.house.agent), card(run, office.house.colleague)
    # 300 s is on target: 100; 2 of 3 resolved lie a third of the way from 0.6 to 0.8: 73.3; satisfaction 4: 100.
    assert [round(line.points, 1) for line in mine.lines.all()] == [100, 73.3, 100]
    assert (mine.score, mine.grade, mine.known, mine.team) == (Decimal("89.3"), "B", 100, office.house.team)
    assert (theirs.score, theirs.grade) == (Decimal("120.0"), "A")


def test_a_run_again_gives_the_same_and_a_published_one_is_not_run(office):
    office.scheme()
    first = office.run()
    assert office.run().pk == first.pk
    assert (Scorecard.objects.count(), ScoreLine.objects.count()) == (2, 6)
    office.publish(first)
    with pytest.raises(Conflict):
        office.run()


def test_a_part_of_an_agents_score_is_the_teams_and_a_leads_is_all_of_it(office):
    office.scheme(replace(FACTS, team_share=50))
    # Both agents together: p90 of handle time is 300 s.
    line = card(office.run(), office.house.agent).lines.first()
    assert (line.own, line.group, line.points) == (300, 300, 100)
    office.scheme(replace(FACTS, team_share=100), role=Role.TEAM_LEAD)
    lead = card(office.run(role=Role.TEAM_LEAD), office.house.lead)
    assert (lead.known, lead.team) == (100, office.house.team)
    assert lead.lines.first().own is None


def test_a_figure_that_is_not_known_counts_neither_way(office):
    quiet = office.house.person("20409", Role.AGENT, team=office.house.team)
    office.calls(quiet, number=9)
    office.scheme()
    mine = card(office.run(), quiet)
    assert (mine.lines.first().own, mine.known, mine.score) == (None, 60, Decimal("111.9"))


def test_a_month_that_runs_or_has_no_scheme_is_refused(office):
    with pytest.raises(DomainError) as refusal:
        office.run()
    assert refusal.value.field == "role"
    office.scheme()
    with pytest.raises(DomainError) as refusal:
        office.run(month=date(2026, 11, 1))
    assert refusal.value.field == "month"
    with pytest.raises(NotAllowed):
        office.run(actor=office.house.lead)


def test_people_are_told_and_see_their_own_score_from_publishing_on(office):
    office.scheme()
    run = office.run()
    house = office.house
    assert not Scorecard.objects.visible_to(house.agent).exists()
    office.publish(run)
    assert [one.person for one in Scorecard.objects.visible_to(house.agent)] == [house.agent]
    assert Scorecard.objects.visible_to(house.lead).count() == 2
    assert told("score_published") == {"20401", "20402"}
    # Wednesday: five working days later is Wednesday's close of business.
    assert run.month == OCTOBER
    run.refresh_from_db()
    assert run.appeal_until.isoformat() == "2026-11-25T09:30:00+00:00"


def test_an_appeal_is_made_once_and_in_time(office, published, appealed):
    agent = office.house.agent
    assert told("score_appealed") == {"1001"}
    with pytest.raises(Conflict):
        appeals.appeal_score(actor=agent, card_id=appealed.pk, text="Again", now=office.now)
    other = card(published, office.house.colleague)
    with pytest.raises(NotAllowed):
        appeals.appeal_score(actor=agent, card_id=other.pk, text="Not mine", now=office.now)
    with pytest.raises(Conflict):
        appeals.appeal_score(
            actor=office.house.colleague, card_id=other.pk, text="Late", now=office.now + timedelta(days=30)
        )


def test_a_granted_appeal_corrects_a_figure_and_the_score_is_computed_anew(office, appealed):
    line = appealed.lines.first()
    decide(office, appealed, correction=Correction(line.indicator, 240))
    appealed.refresh_from_db()
    line.refresh_from_db()
    assert (line.own, line.points, line.facts) == (240, 120, {"was": 300, "why": "It was."})
    assert appealed.score == Decimal("97.3")
    assert Entry.objects.get(action="score.appeal_decided").details["before"] == "89.3"
    assert told("score_decided") == {"20401"}


def test_an_indicator_may_be_left_out_by_an_appeal(office, appealed):
    decide(office, appealed, correction=Correction(appealed.lines.all()[1].indicator, None))
    appealed.refresh_from_db()
    assert (appealed.score, appealed.known) == (Decimal("100.0"), 60)


def test_an_appeal_is_decided_with_a_reason_and_not_by_whom_it_is_about(office, appealed):
    for wrong in ({"decision": " "}, {"correction": None}):
        with pytest.raises(DomainError):
            decide(office, appealed, **wrong)
    for person in (office.house.agent, office.house.lead, office.clerk):
        with pytest.raises(NotAllowed):
            decide(office, appealed, actor=person, state="rejected")
    decide(office, appealed, state="rejected")
    appealed.refresh_from_db()
    assert appealed.score == Decimal("89.3")


def test_approval_waits_for_time_and_appeals_and_is_anothers(office, published, appealed):
    with pytest.raises(Conflict, match="time for appeals"):
        approve(office, published, after=timedelta(0))
    with pytest.raises(Conflict, match="nobody has decided"):
        approve(office, published)
    decide(office, appealed, state="rejected")
    with pytest.raises(NotAllowed):
        approve(office, published, actor=office.house.supervisor)
    assert approve(office, published).approved_by == office.house.regional


def test_a_publisher_does_not_approve(office):
    office.scheme()
    run = office.run(actor=office.house.regional)
    assessments.publish_assessment(actor=office.house.regional, assessment_id=run.pk, now=office.now)
    with pytest.raises(Conflict, match="yourself"):
        approve(office, run)


def test_a_locked_month_is_kept_by_the_database(office, published):
    with pytest.raises(IllegalTransition):
        assessments.lock_assessment(actor=office.clerk, assessment_id=published.pk, now=office.now)
    approve(office, published)
    assessments.lock_assessment(actor=office.clerk, assessment_id=published.pk, now=office.now)
    published.refresh_from_db()
    mine = card(published, office.house.agent)
    for change in (
        lambda: type(published).objects.filter(pk=published.pk).update(state="preview"),
        lambda: Scorecard.objects.filter(pk=mine.pk).update(score=120),
        lambda: ScoreLine.objects.filter(card=mine).delete(),
        mine.delete,
    ):
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            change()


def test_an_approval_may_be_taken_back_before_the_lock(office, published):
    approve(office, published)
    with pytest.raises(DomainError):
        assessments.reopen_assessment(
            actor=office.house.regional, assessment_id=published.pk, reason="", now=office.now
        )
    back = assessments.reopen_assessment(
        actor=office.house.regional, assessment_id=published.pk, reason="Calls came late.", now=office.now
    )
    assert (back.state, back.approved_by) == ("published", None)


def test_versions_follow_one_another_and_adopted_ones_never_change(office):
    first = office.scheme(since=date(2026, 9, 1))
    manager = {"actor": office.house.service_manager, "now": office.now}
    with pytest.raises(Conflict):
        schemes.change_scheme(scheme_id=first.pk, facts=FACTS, **manager)
    with pytest.raises(IntegrityError, match="no draft"), transaction.atomic():
        first.indicators.update(weight=1)
    office.run()
    draft = office.scheme(since=None)
    with pytest.raises(DomainError, match="assessed already"):
        schemes.adopt_scheme(scheme_id=draft.pk, since=OCTOBER, **manager)
    second = schemes.adopt_scheme(scheme_id=draft.pk, since=date(2026, 12, 24), **manager)
    first.refresh_from_db()
    assert (first.period.upper, second.since, second.number) == (date(2026, 12, 1), date(2026, 12, 1), 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"team_share": 10, "role": Role.QUALITY}, "team_share"),
        ({"indicators": [IndicatorFacts(10, 0.9, 0.8, 0.7, metric="fcr_of_answered")]}, "indicators"),
        ({"indicators": [IndicatorFacts(10, 1, 2, 3, metric="nonsense")]}, "indicators"),
        ({"grades": FACTS.grades[:2]}, "grades"),
        ({"gates": [replace(FACTS.gates[0], cap="E")]}, "gates"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(office, wrong, field):
    role = wrong.pop("role", Role.AGENT)
    with pytest.raises(DomainError) as refusal:
        office.scheme(replace(FACTS, **wrong), role=role)
    assert refusal.value.field == field


def test_figures_of_complaints_and_shifts_score_people_too_and_lost_calls_nobody(office, sign_in):
    facts = replace(
        FACTS,
        indicators=[
            *FACTS.indicators,
            IndicatorFacts(10, 20, 10, 0, metric="valid_complaints_per_10k"),
            IndicatorFacts(10, 0.8, 0.9, 0.95, metric="adherence"),
            IndicatorFacts(10, 0.8, 0.9, 0.95, metric="answer_rate"),
        ],
    )
    scheme = office.scheme(facts)
    points = [line.points for line in card(office.run(), office.house.agent).lines.all()]
    assert points[3:] == [120, None, None]
    page = sign_in(office.house.service_manager).get(scheme.get_absolute_url()).content.decode()
    assert "needs lost calls, which belong to nobody" in page


def test_a_figure_that_nobody_has_alone_is_refused(office):
    with pytest.raises(DomainError, match="no figure of each person"):
        office.scheme(
            replace(FACTS, indicators=[IndicatorFacts(10, 0.8, 0.9, 0.95, metric="feedback_on_time")])
        )


def test_every_message_about_an_assessment_can_be_read(office, appealed):
    decide(office, appealed, state="rejected")
    rows = Message.objects.filter(template__startswith="kpi/notify/")
    told = {row.template.removeprefix("kpi/notify/"): delivery.render(row).text for row in rows}
    assert {"score_published", "score_appealed", "score_decided"} <= told.keys()
    assert "you can appeal until" in told["score_published"]
