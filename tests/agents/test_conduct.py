"""Rewards and penalties: their course, who may take which step, and what follows from three of them."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from agents import conduct, services
from agents.enums import CONDUCT_STEPS, ConductKind, ConductState
from agents.models import ConductRecord, ServiceRule, User
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message
from callcenter.state import IllegalTransition
from callcenter.worktime.models import Calendar, Policy
from tests.agents.conduct import draft, finish, rule

MONDAY_CLOSES = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
THURSDAY_CLOSES = MONDAY_CLOSES + timedelta(days=3)


@pytest.fixture
def opened(house, now):
    """Return a penalty of the agent, open for a reply."""
    record = draft(house, now)
    return services.open_conduct(actor=house.service_manager, record_id=record.pk, now=now)


@pytest.fixture
def final(opened):
    """Return the penalty after the time for a reply."""
    return finish(opened)


def told(record: ConductRecord, event: str) -> set[str]:
    found = Message.objects.filter(topic=record.topic, template=f"agents/notify/conduct_{event}")
    return set(found.values_list("recipient__work_number", flat=True))


def appeal(record, who, now):
    return services.appeal_conduct(actor=who, record_id=record.pk, text="The line was down.", now=now)


def decide(record, who, now, outcome=ConductState.LIFTED):
    return services.decide_appeal(
        actor=who, record_id=record.pk, outcome=outcome, decision="It was down.", now=now
    )


def test_a_draft_names_the_superior_of_that_day_and_nobody_is_told(house, now):
    services.set_superior(
        actor=SYSTEM, person=house.agent, superior=house.supervisor, since=date(2026, 11, 18), now=now
    )
    before, after = (
        draft(house, now, occurred_on=date(2026, 11, 17)),
        draft(house, now, occurred_on=now.date()),
    )
    assert (before.joint_person, after.joint_person) == (house.lead, house.supervisor)
    assert draft(house, now, kind=ConductKind.REWARD).joint_person is None
    assert not Message.objects.exists()
    for person in (house.agent, house.lead, house.supervisor, house.regional):
        assert not ConductRecord.objects.visible_to(person).exists()


def test_a_draft_is_written_anew_until_those_concerned_are_told(house, now):
    record = draft(house, now)
    facts = services.ConductFacts(
        person=house.lead,
        kind=ConductKind.PENALTY,
        rule=record.rule,
        occurred_on=record.occurred_on,
        account="It was the lead.",
        measure="Warning",
    )
    given = {"actor": house.service_manager, "record_id": record.pk, "now": now}
    changed = services.change_draft(facts=facts, **given)
    assert (changed.person, changed.joint_person) == (house.lead, house.supervisor)
    details = Entry.objects.get(action="conduct.changed").details
    assert (details["old"]["person"], details["new"]["person"]) == (str(house.agent), str(house.lead))
    services.open_conduct(**given)
    with pytest.raises(Conflict):
        services.change_draft(facts=facts, **given)


def test_opening_tells_both_and_gives_three_working_days(house, opened):
    assert (opened.state, opened.reply_until) == (ConductState.REPLY_OPEN, MONDAY_CLOSES)
    assert told(opened, "opened") == {"20401", "1101"}
    assert Message.objects.filter(channel=Channel.EMAIL).count() == 2


def test_a_reward_is_final_at_once_and_cannot_be_appealed(house, now):
    record = draft(house, now, kind=ConductKind.REWARD)
    record = services.open_conduct(actor=house.service_manager, record_id=record.pk, now=now)
    assert (record.state, record.is_settled(now)) == (ConductState.FINAL, True)
    assert told(record, "opened") == {"20401"}
    with pytest.raises(NotAllowed):
        appeal(record, house.agent, now)


def test_both_reply_while_there_is_time_and_the_author_is_told(house, opened):
    last = MONDAY_CLOSES - timedelta(seconds=1)
    for person in (house.agent, house.lead):
        services.reply_to_conduct(actor=person, record_id=opened.pk, text="It was not so.", now=last)
    assert [reply.person for reply in opened.replies.all()] == [house.agent, house.lead]
    assert told(opened, "replied") == {"3001"}
    with pytest.raises(Conflict):
        services.reply_to_conduct(actor=house.agent, record_id=opened.pk, text="Late.", now=MONDAY_CLOSES)
    with pytest.raises(NotAllowed):
        services.reply_to_conduct(actor=house.supervisor, record_id=opened.pk, text="Mine.", now=last)


def test_it_becomes_final_with_the_end_of_the_time_for_a_reply(house, opened):
    assert services.finish_replies(now=MONDAY_CLOSES - timedelta(seconds=1)) == 0
    assert services.finish_replies(now=MONDAY_CLOSES) == 1
    assert services.finish_replies(now=MONDAY_CLOSES) == 0
    opened.refresh_from_db()
    assert (opened.state, opened.appeal_until) == (ConductState.FINAL, THURSDAY_CLOSES)
    assert told(opened, "final") == {"20401", "1101"}
    assert Entry.objects.get(action="conduct.final").actor_name == "system"
    assert not opened.is_settled(THURSDAY_CLOSES - timedelta(seconds=1))
    assert opened.is_settled(THURSDAY_CLOSES)
    assert list(ConductRecord.objects.settled(THURSDAY_CLOSES)) == [opened]


def test_an_appeal_goes_to_those_who_may_decide_and_somebody_else_lifts_it(house, final):
    record = appeal(final, house.lead, MONDAY_CLOSES)
    assert told(record, "appealed") == {"4001"}
    record = decide(record, house.executive, MONDAY_CLOSES)
    assert told(record, "decided") == {"20401", "1101", "3001"}
    assert conduct.penalties([house.agent.pk], on=MONDAY_CLOSES.date()) == {}
    with pytest.raises(IllegalTransition):
        decide(record, house.executive, MONDAY_CLOSES, ConductState.UPHELD)


def test_after_the_time_for_it_an_appeal_is_refused(house, final):
    with pytest.raises(Conflict):
        appeal(final, house.agent, THURSDAY_CLOSES)
    final.refresh_from_db()
    assert final.state == ConductState.FINAL


def test_what_was_opened_and_withdrawn_stays_in_sight_and_does_not_count(house, opened, now):
    services.withdraw_conduct(actor=house.executive, record_id=opened.pk, reason="Wrong person.", now=now)
    assert told(opened, "withdrawn") == {"20401", "1101"}
    assert list(ConductRecord.objects.visible_to(house.agent)) == [opened]
    assert services.finish_replies(now=MONDAY_CLOSES) == 0


SEES = {
    "agent": True,
    "colleague": False,
    "lead": True,
    "supervisor": True,
    "regional": True,
    "service_manager": True,
    "executive": True,
    "administrator": False,
    "personnel": False,
    "other_lead": False,
}


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_who_sees_an_open_record(house, opened, who, sees):
    others = {"personnel": Role.GENERAL_AFFAIRS, "other_lead": Role.TEAM_LEAD}
    person = house.person("5001", others[who]) if who in others else getattr(house, who)
    assert ConductRecord.objects.visible_to(person).exists() is sees


ACTS = ("record_conduct", "answer_conduct", "decide_appeal")
# Of a penalty of the agent with the lead as joint person, of a complaint of tier 1 and 3, written by the service manager.
MAY = {
    "agent": ({"answer_conduct"}, {"answer_conduct"}),
    "lead": ({"answer_conduct"}, {"answer_conduct"}),
    "colleague": (set(), set()),
    "supervisor": (set(), set()),
    "regional": (set(), set()),
    "service_manager": ({"record_conduct"}, set()),
    "other_manager": ({"record_conduct", "decide_appeal"}, set()),
    "executive": ({"record_conduct", "decide_appeal"}, {"record_conduct", "decide_appeal"}),
    "administrator": (set(), set()),
}


@pytest.mark.parametrize(("who", "may"), MAY.items())
def test_who_may_do_what_with_a_record(house, opened, who, may):
    manager = house.person("3002", Role.SERVICE_MANAGER)
    person = manager if who == "other_manager" else getattr(house, who)
    for tier, wanted in zip((1, 3), may, strict=True):
        opened.complaint_tier = tier
        assert {act for act in ACTS if person.has_perm(f"agents.{act}", opened)} == wanted


def test_neither_the_accused_nor_who_reports_to_them_judges(house, now):
    manager = house.person("3002", Role.SERVICE_MANAGER, superior=house.regional)
    record = draft(house, now, person=house.regional, actor=house.executive)
    assert record.joint_person == house.service_manager
    for person in (house.service_manager, manager, house.regional):
        assert not person.has_perm("agents.record_conduct", record)
        assert not person.has_perm("agents.decide_appeal", record)


@pytest.mark.parametrize("tier", [None, 1, 2, 3])
def test_of_tier_three_executives_alone_record(house, now, tier):
    draft(house, now, actor=house.executive, complaint_tier=tier)
    if tier == 3:
        with pytest.raises(NotAllowed):
            draft(house, now, complaint_tier=tier)
    else:
        draft(house, now, complaint_tier=tier)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"account": " "}, "account"),
        ({"measure": ""}, "measure"),
        ({"occurred_on": date(2026, 11, 19)}, "occurred_on"),
        ({"occurred_on": date(2024, 12, 31)}, "rule"),
    ],
)
def test_a_wrong_record_names_its_field(house, now, facts, field):
    with pytest.raises(DomainError) as refusal:
        draft(house, now, **facts)
    assert refusal.value.field == field
    assert not ConductRecord.objects.exists()


def test_no_step_is_taken_that_the_table_does_not_hold(house, now):
    acts = {
        ConductState.REPLY_OPEN: lambda record: services.open_conduct(
            actor=house.executive, record_id=record.pk, now=now
        ),
        ConductState.WITHDRAWN: lambda record: services.withdraw_conduct(
            actor=house.executive, record_id=record.pk, reason="Wrong", now=now
        ),
        ConductState.APPEALED: lambda record: appeal(record, house.agent, now),
        ConductState.LIFTED: lambda record: decide(record, house.executive, now),
    }
    for old in ConductState:
        for new, act in acts.items():
            record = draft(house, now)
            later = now + timedelta(days=1)
            times = {"reply_until": later, "appeal_until": later, "decided_by": house.executive}
            decided = {"decided_at": now, "decision": "So."}
            ConductRecord.objects.filter(pk=record.pk).update(state=old, **times, **decided)
            if new in CONDUCT_STEPS[old]:
                assert act(record).state == new
            else:
                with pytest.raises(IllegalTransition):
                    act(record)


def test_the_third_penalty_of_a_year_asks_the_superior_for_a_review_once(house, now):
    old = draft(house, now, occurred_on=date(2025, 11, 18))
    finish(services.open_conduct(actor=house.service_manager, record_id=old.pk, now=now))
    for number in range(1, 5):
        record = draft(house, now)
        finish(services.open_conduct(actor=house.service_manager, record_id=record.pk, now=now))
        asked = Message.objects.filter(template="agents/notify/conduct_review")
        assert asked.count() == (number >= 3)
    assert asked.get().recipient == house.lead
    assert conduct.penalties([house.agent.pk], on=MONDAY_CLOSES.date()) == {house.agent.pk: 4}


def test_three_that_become_final_at_once_ask_for_one_review(house, now):
    for _number in range(3):
        services.open_conduct(actor=house.service_manager, record_id=draft(house, now).pk, now=now)
    assert services.finish_replies(now=MONDAY_CLOSES) == 3
    assert Message.objects.filter(template="agents/notify/conduct_review").count() == 1


@pytest.mark.parametrize(
    ("day", "before"), [(date(2026, 11, 18), date(2025, 11, 18)), (date(2028, 2, 29), date(2027, 2, 28))]
)
def test_a_year_before(day, before):
    assert conduct.year_before(day) == before


def test_two_sweeps_at_once_end_each_record_and_ask_for_each_review_exactly_once(committed_house, now):
    house = committed_house
    for person in (house.agent, house.colleague):
        for _number in range(4):
            record = draft(house, now, person=person)
            services.open_conduct(actor=house.service_manager, record_id=record.pk, now=now)
    start, done = Barrier(2), []

    def sweep() -> None:
        start.wait()
        done.append(services.finish_replies(now=MONDAY_CLOSES, batch=1))
        connection.close()

    threads = [Thread(target=sweep) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == Entry.objects.filter(action="conduct.final").count() == 8
    assert Message.objects.filter(template="agents/notify/conduct_review").count() == 2
    assert Message.objects.filter(template="agents/notify/conduct_final").count() == 8 * 2 * 2


@pytest.mark.parametrize("count", [1, 12])
def test_the_sweep_costs_the_same_number_of_statements(house, now, count, django_assert_max_num_queries):
    for number in range(count):
        person = house.person(f"6{number:04}", Role.AGENT, team=house.team)
        record = draft(house, now, person=person)
        services.open_conduct(actor=house.service_manager, record_id=record.pk, now=now)
    with django_assert_max_num_queries(20):
        assert services.finish_replies(now=MONDAY_CLOSES) == count


def test_a_calendar_without_hours_takes_nobodys_time(house, opened):
    Calendar.objects.filter(pk=house.site.calendar_id).update(weekly={}, revision="0" * 32)
    assert services.finish_replies(now=MONDAY_CLOSES) == 1
    opened.refresh_from_db()
    assert opened.appeal_until == THURSDAY_CLOSES


def test_the_period_is_the_policys(house, now):
    Policy.objects.filter(code="conduct_reply").update(amount=1)
    record = services.open_conduct(actor=house.service_manager, record_id=draft(house, now).pk, now=now)
    assert record.reply_until == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)


def test_the_mail_says_what_to_do_by_when_in_the_readers_language_and_quotes_nothing(house, now, smtp):
    User.objects.filter(pk=house.lead.pk).update(language="zh-hans")
    record = services.open_conduct(actor=house.service_manager, record_id=draft(house, now).pk, now=now)
    delivery.drain(now=now)
    texts = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in smtp.mails}
    assert "23 Nov 2026, 17:30" in texts["20401@example.org"]
    assert record.get_absolute_url() in texts["20401@example.org"]
    assert "11月23日" in texts["1101@example.org"]
    assert not any(record.account in text for text in texts.values())


def test_the_database_refuses_that_the_accused_judges(house, opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConductRecord.objects.filter(pk=opened.pk).update(recorded_by=house.agent)


def test_a_rule_ends_and_the_next_of_its_code_begins(house, now):
    old = rule()
    given = {"actor": house.administrator, "now": now}
    words = {"code": old.code, "title": "Waiting words", "text": "After eight seconds."}
    with pytest.raises(Conflict) as refusal:
        services.publish_rule(since=date(2026, 12, 1), **words, **given)
    assert refusal.value.field == "code"
    services.end_rule(rule=old, from_day=date(2026, 12, 1), **given)
    new = services.publish_rule(since=date(2026, 12, 1), **words, **given)
    assert list(ServiceRule.objects.on(date(2026, 11, 30))) == [old]
    assert list(ServiceRule.objects.on(date(2026, 12, 1))) == [new]
    with pytest.raises(Conflict):
        services.end_rule(rule=old, from_day=date(2027, 1, 1), **given)


@pytest.mark.parametrize(
    ("who", "may"),
    [("administrator", True), ("service_manager", True), ("executive", False), ("supervisor", False)],
)
def test_who_keeps_the_rules(house, who, may):
    assert getattr(house, who).has_perm("agents.manage_service_rules") is may
