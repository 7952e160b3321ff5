"""Checklists with several raters, gates by complaints, interviews and aims: what the services keep."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from agents.models import ServiceRule
from callcenter.access import Role
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from complaints.enums import Outcome
from complaints.models import Ruling
from kpi.enums.schemes import AimState
from kpi.facts import AimFacts, IndicatorFacts
from kpi.models import Aim, Rating, Scorecard
from kpi.services import aims, checklists, interviews
from kpi.services.follow_up import follow_up
from tests.kpi.schemes.conftest import FACTS, OCTOBER


def told(template: str) -> set[str]:
    return set(
        Message.objects.filter(template=f"kpi/notify/{template}").values_list(
            "recipient__work_number", flat=True
        )
    )


def rate(office, actor, marks, person=None, **more):
    given = {"person": person or office.house.agent, "month": OCTOBER, "now": office.now, **more}
    return checklists.rate(actor=actor, marks=marks, **given)


@pytest.fixture
def rated(office):
    """Let the scheme hang on a checklist alone."""
    checklist = office.checklist()
    one = IndicatorFacts(100, 0.5, 0.75, 1, checklist=checklist)
    office.scheme(replace(FACTS, indicators=[one]))
    return checklist


def points(office) -> tuple[float | None, dict]:
    line = Scorecard.objects.get(assessment=office.run(), person=office.house.agent).lines.get()
    return line.points, line.facts


def test_one_rater_decides_nothing_and_two_make_a_figure(office, rated):
    house = office.house
    rate(office, house.lead, [True, True, False, None], checklist=rated)
    assert points(office) == (None, {"raters": 1, "spread": None})
    rate(office, house.supervisor, [True, True, True, True], checklist=rated)
    figure, facts = points(office)
    assert round(figure, 1) == 106.7
    assert (facts["raters"], round(facts["spread"], 2)) == (2, 0.33)


def test_of_three_raters_the_highest_and_lowest_are_left_out(office, rated):
    house = office.house
    for actor, marks in (
        (house.lead, [True] * 4),
        (house.supervisor, [False] * 4),
        (house.regional, [True, True, True, False]),
    ):
        rate(office, actor, marks, checklist=rated)
    assert points(office)[0] == 100


def test_a_rater_changes_the_own_rating_until_scores_are_told(office, rated):
    house = office.house
    rate(office, house.lead, [True] * 4, checklist=rated)
    rate(office, house.lead, [False] * 4, checklist=rated)
    assert Rating.objects.get().marks == [False] * 4
    office.publish(office.run())
    with pytest.raises(Conflict):
        rate(office, house.lead, [True] * 4, checklist=rated)


def test_nobody_rates_themself_nor_an_agent_anybody(office, rated):
    house = office.house
    for actor, person in ((house.lead, house.lead), (house.agent, house.colleague)):
        with pytest.raises(NotAllowed):
            rate(office, actor, [True] * 4, person, checklist=rated)
    with pytest.raises(IntegrityError, match="nobody_rates_themself"):
        Rating.objects.create(
            checklist=rated, person=house.lead, rater=house.lead, month=OCTOBER, marks=[True], at=office.now
        )


def test_a_complaint_ruled_valid_caps_the_grade_and_opens_from_the_card(office, sign_in):
    house = office.house
    complaint = house.complaint(now=office.now)
    type(complaint).objects.filter(pk=complaint.pk).update(staff_concerned=house.colleague)
    rule = ServiceRule.objects.create(
        code="1.1", title="Be kind", text="Be kind.", period=(date(2020, 1, 1), None)
    )
    ruled_at = datetime(2026, 10, 20, tzinfo=timezone.get_current_timezone())
    Ruling.objects.create(
        complaint=complaint, outcome=Outcome.VALID, rule=rule, opinion="So.", by=house.supervisor, at=ruled_at
    )
    office.scheme()
    office.publish(office.run())
    card = Scorecard.objects.get(person=house.colleague)
    assert (card.grade, card.earned) == ("C", "A")
    assert card.caps[0]["events"] == [complaint.reference]
    page = sign_in(house.supervisor).get(card.get_absolute_url()).content.decode()
    assert f'href="/complaints/{complaint.reference}/"' in page


def test_an_interview_is_told_reminded_of_once_and_held(office):
    house, now = office.house, timezone.now()
    given = {"actor": house.lead, "now": now}
    with pytest.raises(NotAllowed):
        interviews.plan_interview(
            actor=house.colleague, person=house.agent, planned_for=house.lead.today, subject="x", now=now
        )
    talk = interviews.plan_interview(
        person=house.agent, planned_for=house.lead.today, subject="October", **given
    )
    assert told("interview_planned") == {"20401"}
    for _twice in range(2):
        follow_up(now=now)
    assert told("interview_due") == {"1101", "20401"}
    assert Message.objects.filter(template="kpi/notify/interview_due", channel="in_app").count() == 2
    with pytest.raises(DomainError):
        interviews.hold_interview(interview_id=talk.pk, held_on=house.lead.today, agreed=" ", **given)
    held = interviews.hold_interview(
        interview_id=talk.pk, held_on=house.lead.today, agreed="Listen in.", **given
    )
    assert held.state == "held"


def aim_of(office, **more) -> AimFacts:
    days = {"since": office.house.agent.today, "until": office.house.agent.today + timedelta(days=13)}
    return AimFacts(**{"metric": "fcr_of_answered", "goal": 0.8, "measures": "Listen in.", **days, **more})


def test_an_own_goal_is_agreed_with_the_lead_and_settled_by_its_figure(office):
    house, now = office.house, timezone.now()
    aim = aims.propose_aim(actor=house.agent, person=house.agent, facts=aim_of(office), now=now)
    assert (aim.kind, told("aim_proposed")) == ("own", {"1101"})
    with pytest.raises(NotAllowed):
        aims.answer_aim(actor=house.agent, aim_id=aim.pk, agrees=True, now=now)
    follow_up(now=now)
    assert told("aim_waiting") == {"1101"}
    aims.answer_aim(actor=house.lead, aim_id=aim.pk, agrees=True, now=now)
    # The days of the aim are put where the calls of October lie: eight of twelve were resolved.
    Aim.objects.filter(pk=aim.pk).update(since=OCTOBER, until=date(2026, 10, 31))
    follow_up(now=now)
    aim.refresh_from_db()
    assert (aim.state, round(aim.after, 3), aim.before) == (AimState.MISSED, 0.667, None)
    assert told("aim_settled") == {"20401", "1101"}


def test_an_aim_whose_figure_nobody_knows_is_not_called_missed(office):
    house, now = office.house, timezone.now()
    aim = aims.propose_aim(actor=house.lead, person=house.agent, facts=aim_of(office), now=now)
    aims.answer_aim(actor=house.agent, aim_id=aim.pk, agrees=True, now=now)
    follow_up(now=now + timedelta(days=20))
    aim.refresh_from_db()
    assert (aim.kind, aim.state) == ("plan", AimState.UNKNOWN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"metric": "x"}, "metric"), ({"measures": " "}, "measures"), ({"until": date(2020, 1, 1)}, "until")],
)
def test_an_aim_that_makes_no_sense_is_refused(office, wrong, field):
    with pytest.raises(DomainError) as refusal:
        aims.propose_aim(
            actor=office.house.agent, person=office.house.agent, facts=aim_of(office, **wrong), now=office.now
        )
    assert refusal.value.field == field


MATRIX = {
    "kpi.make_scheme": {"service_manager", "executive"},
    "kpi.try_scheme": {"supervisor", "regional", "service_manager", "executive"},
    "kpi.assess": {"supervisor", "regional", "service_manager", "executive"},
    "kpi.approve_assessment": {"regional", "service_manager", "executive"},
    "kpi.lock_assessment": {"clerk", "executive"},
    "kpi.make_checklist": {"service_manager", "executive", "quality"},
    "kpi.rate": {"lead", "supervisor", "regional", "service_manager", "executive", "clerk", "quality"},
    "kpi.hold_interview": {"lead", "supervisor", "regional", "service_manager", "executive", "clerk"},
}
OF_PERSON = {"kpi.rate", "kpi.hold_interview"}


@pytest.mark.parametrize("permission", MATRIX)
def test_who_may_do_what(office, permission):
    house = office.house
    house.clerk, house.quality = office.clerk, house.person("8001", Role.QUALITY)
    people = "agent lead supervisor regional service_manager executive administrator clerk quality".split()
    about = house.colleague if permission in OF_PERSON else None
    able = {name for name in people if getattr(house, name).has_perm(permission, about)}
    assert able == MATRIX[permission]
