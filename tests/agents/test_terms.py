"""Employment, weekly hours and skills: what they allow, and what ends with them."""

from datetime import date, timedelta

import pytest

from agents import services
from agents.models import Employment, ExtraRole, Membership, PersonSkill, RoleGrant
from agents.signals import leaving
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from tests.dates import SINCE
from tests.factories.agents import SiteFactory, TeamFactory, UserFactory

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture
def skill(house, now):
    return services.make_skill(actor=SYSTEM, code="billing", name="Billing", now=now)


def periods(rows):
    return [(row.period.lower, row.period.upper) for row in rows.order_by("period")]


def test_leaving_ends_everything_that_is_dated_and_tells_others(house, now, skill):
    person, by = house.lead, {"actor": SYSTEM, "now": now}
    services.employ(person=person, since=SINCE, **by)
    services.set_hours(person=person, weekly_minutes=2250, since=SINCE, **by)
    services.give_skill(person=person, skill=skill, level=3, since=NOVEMBER, **by)
    services.give_skill(person=person, skill=skill, level=4, since=JANUARY, **by)
    services.move_to_team(person=person, team=TeamFactory(site=house.site), since=NOVEMBER, **by)
    told = []

    def listen(**facts):
        told.append((facts["person"], facts["from_day"]))

    leaving.connect(listen)
    try:
        services.end_employment(person=person, from_day=DECEMBER, **by)
    finally:
        leaving.disconnect(listen)
    assert told == [(person, DECEMBER)]
    for rows in (
        person.employments,
        person.memberships,
        person.leaderships,
        person.skills,
        person.contracts,
        person.role_grants,
    ):
        assert [upper for _lower, upper in periods(rows)] == [DECEMBER], rows.model
    assert Entry.objects.filter(action="person.employment_ended").get().details["ended"]["personskill"] == 2


def test_nothing_begins_outside_of_an_employment_or_outlasts_it(house, now, skill):
    person, by = house.agent, {"actor": SYSTEM, "now": now}
    services.employ(person=person, since=SINCE, until=JANUARY, **by)
    team = TeamFactory(site=house.site)
    services.move_to_team(person=person, team=team, since=DECEMBER, **by)
    services.give_skill(person=person, skill=skill, level=1, since=DECEMBER, **by)
    assert periods(person.memberships) == [(SINCE, DECEMBER), (DECEMBER, JANUARY)]
    assert periods(person.skills) == [(DECEMBER, JANUARY)]
    late = JANUARY + timedelta(days=1)
    for refused in (
        lambda: services.move_to_team(person=person, team=team, since=late, **by),
        lambda: services.appoint_lead(person=person, team=team, since=late, **by),
        lambda: services.give_skill(person=person, skill=skill, level=2, since=late, **by),
        lambda: services.set_hours(person=person, weekly_minutes=2400, since=late, **by),
        lambda: services.give_skill(person=person, skill=skill, level=2, since=DECEMBER, until=late, **by),
    ):
        with pytest.raises(DomainError) as refusal:
            refused()
        assert refusal.value.mend


def test_an_employment_can_be_prolonged_and_begin_again(house, now):
    person, by = house.agent, {"actor": SYSTEM, "now": now}
    services.employ(person=person, since=NOVEMBER, until=DECEMBER, **by)
    services.employ(person=person, since=NOVEMBER, until=JANUARY, **by)
    assert periods(person.employments) == [(NOVEMBER, JANUARY)]
    again = date(2027, 6, 1)
    services.employ(person=person, since=again, **by)
    assert periods(person.employments) == [(NOVEMBER, JANUARY), (again, None)]
    with pytest.raises(Conflict, match="employed again"):
        services.employ(person=person, since=NOVEMBER, until=date(2027, 7, 1), **by)


def test_who_never_was_employed_cannot_leave_and_nobody_ends_their_own(house, now):
    with pytest.raises(Conflict, match="No employment"):
        services.end_employment(actor=SYSTEM, person=house.agent, from_day=DECEMBER, now=now)
    personnel = house.person("5001", Role.GENERAL_AFFAIRS)
    services.employ(actor=SYSTEM, person=personnel, since=SINCE, now=now)
    with pytest.raises(Conflict, match="your own"):
        services.end_employment(actor=personnel, person=personnel, from_day=DECEMBER, now=now)
    assert Employment.objects.get(person=personnel).period.upper is None


def test_hours_change_on_a_day_and_stay_within_the_law_of_arithmetic(house, now):
    about = {"actor": SYSTEM, "person": house.agent, "now": now}
    assert services.set_hours(weekly_minutes=2400, since=SINCE, **about)
    assert services.set_hours(weekly_minutes=1200, since=DECEMBER, **about)
    assert not services.set_hours(weekly_minutes=1200, since=DECEMBER, **about)
    assert [row.weekly_minutes for row in house.agent.contracts.order_by("period")] == [2400, 1200]
    with pytest.raises(DomainError):
        services.set_hours(weekly_minutes=0, since=DECEMBER, **about)


def test_a_skill_expires_is_levelled_and_withdrawn(house, now, skill):
    about = {"actor": house.lead, "person": house.agent, "skill": skill, "now": now}
    services.give_skill(level=1, since=NOVEMBER, until=JANUARY, **about)
    services.give_skill(level=2, since=DECEMBER, until=JANUARY, **about)
    assert periods(house.agent.skills) == [(NOVEMBER, DECEMBER), (DECEMBER, JANUARY)]
    with pytest.raises(DomainError):
        services.give_skill(level=6, since=DECEMBER, **about)
    services.end_skill(from_day=DECEMBER, **about)
    assert periods(house.agent.skills) == [(NOVEMBER, DECEMBER)]
    with pytest.raises(Conflict):
        services.end_skill(from_day=DECEMBER, **about)


def test_a_retired_skill_is_given_to_nobody_and_kept_by_who_has_it(house, now, skill):
    services.give_skill(actor=SYSTEM, person=house.agent, skill=skill, level=1, since=SINCE, now=now)
    retired = services.change_skill(actor=SYSTEM, skill=skill, name="Old billing", is_active=False, now=now)
    with pytest.raises(Conflict, match="retired"):
        services.give_skill(
            actor=SYSTEM, person=house.colleague, skill=retired, level=1, since=SINCE, now=now
        )
    assert PersonSkill.objects.on(DECEMBER).get().skill == skill


def test_two_skills_of_one_name_are_refused(house, now, skill):
    for code, name in (("billing", "Other"), ("other", "bILLING")):
        with pytest.raises(Conflict):
            services.make_skill(actor=SYSTEM, code=code, name=name, now=now)


def test_leaders_give_skills_to_those_they_answer_for_and_not_to_themselves(house, now, skill):
    given = {"skill": skill, "level": 1, "since": SINCE, "now": now}
    elsewhere = UserFactory(site=SiteFactory())
    for actor, person in (
        (house.lead, elsewhere),
        (house.lead, house.lead),
        (house.agent, house.agent),
        (house.agent, house.colleague),
    ):
        with pytest.raises(NotAllowed):
            services.give_skill(actor=actor, person=person, **given)
    services.give_skill(actor=house.lead, person=house.agent, **given)


@pytest.fixture
def role(house, now):
    return services.make_extra_role(actor=SYSTEM, code="sme", name="Expert", now=now)


def test_an_application_is_decided_by_another_and_told_by_mail(house, now, role):
    about = {"person": house.agent, "role": role, "reason": "I know tariffs.", "now": now}
    asked = services.apply_for_role(actor=house.agent, **about)
    with pytest.raises(Conflict):
        services.apply_for_role(actor=house.agent, **about)
    decide = {"application_id": asked.pk, "since": house.agent.today, "now": now}
    for actor in (house.agent, house.colleague, house.administrator):
        with pytest.raises(NotAllowed):
            services.approve_application(actor=actor, **decide)
    services.approve_application(actor=house.lead, decision="Well earned.", **decide)
    assert house.agent.extra_roles.on(house.agent.today).get().role == role
    told = Message.objects.filter(topic=f"application:{asked.pk}").order_by("pk")
    assert {(m.recipient.work_number, m.channel) for m in told} == {
        ("1101", "in_app"),
        ("1101", "email"),
        ("20401", "in_app"),
        ("20401", "email"),
    }
    with pytest.raises(Conflict, match="settled"):
        services.refuse_application(actor=house.lead, application_id=asked.pk, decision="No.", now=now)
    with pytest.raises(Conflict, match="hold this"):
        services.apply_for_role(actor=house.agent, **about)


def test_a_refusal_says_why_and_one_may_apply_again_or_withdraw(house, now, role):
    about = {"person": house.agent, "role": role, "reason": "I know tariffs.", "now": now}
    first = services.apply_for_role(actor=house.agent, **about)
    with pytest.raises(DomainError, match="reason"):
        services.refuse_application(actor=house.lead, application_id=first.pk, decision=" ", now=now)
    services.refuse_application(actor=house.lead, application_id=first.pk, decision="Later.", now=now)
    second = services.apply_for_role(actor=house.agent, **about)
    services.withdraw_application(actor=house.agent, application_id=second.pk, now=now)
    assert not house.agent.extra_roles.exists()


def test_an_extra_role_is_laid_down_or_taken_and_closed_for_applications(house, now, role):
    asked = services.apply_for_role(actor=house.agent, person=house.agent, role=role, reason="Yes", now=now)
    day = house.agent.today
    services.approve_application(actor=house.lead, application_id=asked.pk, since=day, now=now)
    gone = {"person": house.agent, "role": role, "from_day": day + timedelta(days=9), "now": now}
    with pytest.raises(NotAllowed):
        services.end_extra_role(actor=house.colleague, **gone)
    services.end_extra_role(actor=house.agent, **gone)
    assert house.agent.extra_roles.get().period.upper == gone["from_day"]
    services.change_extra_role(actor=SYSTEM, role=role, name="Expert", description="", is_open=False, now=now)
    with pytest.raises(Conflict, match="apply"):
        services.apply_for_role(
            actor=house.colleague,
            person=house.colleague,
            role=ExtraRole.objects.get(),
            reason="I too",
            now=now,
        )


def test_leaving_a_team_leaves_a_gap_and_takes_what_was_planned(house, now):
    person, by = house.agent, {"actor": SYSTEM, "now": now}
    services.move_to_team(person=person, team=TeamFactory(site=house.site), since=JANUARY, **by)
    services.leave_team(person=person, from_day=DECEMBER, **by)
    assert periods(person.memberships) == [(SINCE, DECEMBER)]
    services.move_to_team(person=person, team=house.team, since=JANUARY, **by)
    assert not Membership.objects.on(DECEMBER).filter(person=person).exists()
    services.end_lead(team=house.team, from_day=DECEMBER, **by)
    assert periods(house.team.leaderships) == [(SINCE, DECEMBER)]
    assert RoleGrant.objects.filter(person=house.lead).get().period.upper is None
