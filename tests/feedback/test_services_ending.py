"""Handing on, publishing, confirming, disputing, and the sweeps over deadlines and silence."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Message, State
from callcenter.worktime.models import Policy
from feedback import selectors, services
from feedback.enums import Ending, Escalation, Interest, Status
from feedback.models import Answer, Backing, Dispute, FeedbackPolicy, Item, Survey
from tests.feedback.conftest import ANSWER, TEXT, Departments, wish_for

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
EXPECTED = services.SurveyFacts(expected_days=2, expected_quality=4, found_quality=2, satisfied=False)


def told(event):
    return set(
        Message.objects.filter(template=f"feedback/notify/{event}").values_list("recipient", flat=True)
    )


def test_a_department_hands_on_once_and_the_other_has_at_least_a_working_day(submit, departments, house, now):
    item = submit(now)
    late = item.due_at - timedelta(minutes=1)
    services.hand_on(actor=departments.owner, item_id=item.pk, to=departments.hr, reason="Theirs", now=late)
    item.refresh_from_db()
    assert item.due_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC), "Monday + 1 = Tuesday, close of business"
    assert told("submitted") >= {departments.stranger.pk}
    assert told("handed_on") == {house.agent.pk}
    assert not Item.objects.visible_to(departments.owner).exists()
    with pytest.raises(Conflict):
        services.hand_on(
            actor=departments.stranger, item_id=item.pk, to=departments.it, reason="No", now=late
        )


def test_handed_on_early_it_keeps_its_deadline(submit, departments, now):
    item = submit(now)
    services.hand_on(actor=departments.owner, item_id=item.pk, to=departments.hr, reason="Theirs", now=now)
    assert Item.objects.get().due_at == item.due_at


@pytest.mark.parametrize(("to", "field"), [("it", "to"), ("kitchen", "to")])
def test_it_is_handed_to_another_that_has_somebody_who_answers(submit, departments, now, to, field):
    item = submit(now)
    facts = {"to": getattr(departments, to), "reason": "Theirs", "now": now}
    with pytest.raises(DomainError) as refusal:
        services.hand_on(actor=departments.owner, item_id=item.pk, **facts)
    assert refusal.value.field == field


def test_a_department_has_its_own_deadline_where_one_is_set(submit, departments, house, now):
    one_day = Policy.objects.create(code="one_day", name="One day", mode="working_days", amount=1)
    deadlines = {departments.it: one_day, departments.hr: None}
    services.set_policy(actor=house.administrator, changes={}, deadlines=deadlines, now=now)
    assert submit(now).due_at == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    assert submit(now, department=departments.hr).due_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_what_is_late_goes_to_the_executives_once_with_email_and_the_side_is_told(
    submit, departments, house, now, smtp
):
    item, answered_in_time = submit(now), submit(now)
    services.answer_item(actor=departments.owner, item_id=answered_in_time.pk, text=ANSWER, now=now)
    assert services.escalate_overdue(now=item.due_at - timedelta(seconds=1)) == 0
    delivery.drain(now=item.due_at - timedelta(hours=1))
    assert services.escalate_overdue(now=item.due_at) == 1
    assert services.escalate_overdue(now=item.due_at) == 0
    item.refresh_from_db()
    assert (item.status, item.escalation) == (Status.SUBMITTED, Escalation.OVERDUE)
    assert told("overdue") == {house.executive.pk}
    assert told("escalated") == {departments.owner.pk, departments.second.pk}
    delivery.drain(now=item.due_at)
    mails = [mail for mail in smtp.mails if mail["To"] == house.executive.email]
    assert [item.number in mail["Subject"] for mail in mails] == [True]
    with pytest.raises(NotAllowed):
        services.answer_item(actor=departments.owner, item_id=item.pk, text=ANSWER, now=item.due_at)
    services.answer_item(actor=house.executive, item_id=item.pk, text=ANSWER, now=item.due_at)


def test_two_sweeps_at_once_escalate_each_item_once(committed_house, now):
    departments = Departments(committed_house)
    for _one in range(6):
        services.submit_item(actor=committed_house.agent, wish=wish_for(departments.it), now=now)
    start, done = Barrier(2), []

    def sweep() -> None:
        start.wait()
        done.append(services.escalate_overdue(now=now + timedelta(days=30), batch=1))
        connection.close()

    threads = [Thread(target=sweep) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 6
    assert Entry.objects.filter(action="feedback.escalated").count() == 6


def test_the_sweep_of_many_takes_no_more_queries_than_of_one(submit, now, django_assert_num_queries):
    for many in (1, 4):
        items = [submit(now + timedelta(days=many)) for _one in range(many)]
        with django_assert_num_queries(14):
            assert services.escalate_overdue(now=items[0].due_at) == many


def test_a_dispute_makes_the_executives_answer_and_the_second_is_closed_by_them_alone(
    submit, answered, departments, house, now
):
    item = answered(submit(now), now)
    services.dispute(actor=house.agent, item_id=item.pk, reason="Still crackles", now=now)
    item.refresh_from_db()
    assert (item.status, item.escalation, item.silent_until) == (Status.DISPUTED, Escalation.DISPUTED, None)
    assert (told("disputed"), told("escalated")) == (
        {house.executive.pk},
        {departments.owner.pk, departments.second.pk},
    )
    with pytest.raises(Conflict):
        services.close_by_executive(actor=house.executive, item_id=item.pk, reason="No", now=now)
    answered(item, now, actor=house.executive, text="A new line")
    services.dispute(actor=house.agent, item_id=item.pk, reason="No", now=now)
    assert told("disputed_again") == {house.executive.pk}
    assert list(Dispute.objects.order_by("number").values_list("number", "reason")) == [
        (1, "Still crackles"),
        (2, "No"),
    ]
    with pytest.raises(Conflict):
        answered(item, now, actor=house.executive, text="Third")
    with pytest.raises(Conflict):
        services.confirm(actor=house.agent, item_id=item.pk, survey=None, now=now)
    assert services.close_silent(now=now + timedelta(days=90)) == 0
    with pytest.raises(DomainError) as refusal:
        services.close_by_executive(actor=house.executive, item_id=item.pk, reason=" ", now=now)
    assert refusal.value.field == "reason"
    services.close_by_executive(actor=house.executive, item_id=item.pk, reason="No budget", now=now)
    item.refresh_from_db()
    assert (item.status, item.ending) == (Status.CLOSED, Ending.EXECUTIVE)
    assert Answer.objects.latest("pk").text == "No budget"
    assert told("closed_by_executive") == {house.agent.pk, departments.owner.pk, departments.second.pk}


def test_a_confirmation_closes_and_keeps_what_was_expected_and_found(
    submit, answered, departments, house, now
):
    item = answered(submit(now), now)
    services.confirm(actor=house.agent, item_id=item.pk, survey=EXPECTED, now=now)
    item.refresh_from_db()
    assert (item.status, item.ending, item.closed_at) == (Status.CLOSED, Ending.CONFIRMED, now)
    assert (Survey.objects.get().expected_days, Survey.objects.get().satisfied) == (2, False)
    assert told("confirmed") == {departments.owner.pk, departments.second.pk}


@pytest.mark.parametrize("wrong", [{"expected_days": 61}, {"expected_quality": 0}, {"found_quality": 6}])
def test_a_mark_out_of_range_is_refused_by_name(submit, answered, house, now, wrong):
    item = answered(submit(now), now)
    facts = {"expected_days": 2, "expected_quality": 4, "found_quality": 2, "satisfied": True, **wrong}
    with pytest.raises(DomainError) as refusal:
        services.confirm(actor=house.agent, item_id=item.pk, survey=services.SurveyFacts(**facts), now=now)
    assert refusal.value.field == next(iter(wrong))
    assert Item.objects.get().status == Status.ANSWERED


def test_what_nobody_answered_is_neither_confirmed_nor_disputed(submit, house, now):
    item = submit(now)
    with pytest.raises(Conflict):
        services.confirm(actor=house.agent, item_id=item.pk, survey=None, now=now)
    with pytest.raises(Conflict):
        services.dispute(actor=house.agent, item_id=item.pk, reason="Slow", now=now)


def test_silence_closes_after_five_working_days_and_says_so(submit, admit, answered, departments, house, now):
    named, unnamed = answered(submit(now), FRIDAY), answered(admit(now), FRIDAY)
    ends = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert {named.silent_until, unnamed.silent_until} == {ends}, "Friday + 5 = Friday, close of business"
    assert services.close_silent(now=ends - timedelta(seconds=1)) == 0
    FeedbackPolicy.objects.update(silence_days=9)
    assert services.close_silent(now=ends) == 1
    assert services.close_silent(now=datetime(2026, 12, 1, 9, 30, tzinfo=UTC)) == 0
    assert services.close_silent(now=datetime(2026, 12, 2, 9, 30, tzinfo=UTC)) == 1, (
        "three working days later"
    )
    assert set(Item.objects.values_list("status", "ending")) == {(Status.CLOSED, Ending.SILENCE)}
    assert told("closed_by_silence") == {house.agent.pk, departments.owner.pk, departments.second.pk}


def test_the_owner_asks_and_the_author_answers_before_the_answer(submit, departments, house, now):
    item = submit(now)
    services.ask_back(actor=departments.owner, item_id=item.pk, text="Which row?", now=now)
    services.say(actor=house.agent, item_id=item.pk, text="Row C", now=now + timedelta(hours=1))
    services.answer_item(actor=departments.owner, item_id=item.pk, text=ANSWER, now=now + timedelta(hours=2))
    assert [(turn.what, turn.text) for turn in selectors.talk(item)] == [
        ("question", "Which row?"),
        ("word", "Row C"),
        ("answer", ANSWER),
    ]
    assert told("asked_back") == {house.agent.pk}
    assert set(Message.objects.filter(template="feedback/notify/said").values_list("state", flat=True)) == {
        State.CANCELLED
    }


def test_the_board_shows_the_words_of_the_owner_and_the_answers_given_before(
    submit, answered, departments, house, now
):
    item = answered(submit(now), now)
    with pytest.raises(DomainError) as refusal:
        services.publish(actor=departments.owner, item_id=item.pk, subject="Sets", text=f" {TEXT}\n", now=now)
    assert refusal.value.field == "text"
    services.publish(actor=departments.owner, item_id=item.pk, subject="Sets", text="On sets", now=now)
    services.dispute(actor=house.agent, item_id=item.pk, reason="No", now=now)
    later = now + timedelta(hours=1)
    answered(item, later, actor=house.executive, text="To you alone")
    public = list(Item.objects.on_board())
    selectors.with_public_answer(public)
    assert [row.public_answer.text for row in public] == [ANSWER]
    services.publish(actor=house.executive, item_id=item.pk, subject="Sets", text="On sets", now=later)
    public = list(Item.objects.on_board())
    selectors.with_public_answer(public)
    assert [row.public_answer.text for row in public] == ["To you alone"]
    services.withdraw_publication(actor=house.executive, item_id=item.pk, reason="Points at one", now=later)
    assert not Item.objects.on_board().exists()
    assert not Item.objects.get().public_text


def test_what_is_not_answered_is_not_published(submit, departments, now):
    item = submit(now)
    with pytest.raises(Conflict):
        services.publish(actor=departments.owner, item_id=item.pk, subject="Sets", text="On sets", now=now)


def test_me_too_counts_each_person_once_and_only_what_is_public(submit, answered, departments, house, now):
    item = answered(submit(now), now)
    facts = {"item_id": item.pk, "interest": Interest.ME_TOO, "now": now}
    with pytest.raises(NotAllowed):
        services.back(actor=house.colleague, **facts)
    services.publish(actor=departments.owner, item_id=item.pk, subject="Sets", text="On sets", now=now)
    with pytest.raises(NotAllowed):
        services.back(actor=house.agent, **facts)
    for person in (house.colleague, house.colleague, house.lead):
        services.back(actor=person, **facts)
    assert Item.objects.get().voices == 2
    services.unback(actor=house.lead, **facts)
    services.unback(actor=house.lead, **facts)
    assert Item.objects.get().voices == 1


def test_whoever_follows_is_told_of_the_next_public_answer(submit, answered, departments, house, now):
    item = answered(submit(now), now)
    facts = {"actor": departments.owner, "item_id": item.pk, "subject": "Sets", "text": "On sets"}
    services.publish(now=now, **facts)
    services.back(actor=house.colleague, item_id=item.pk, interest=Interest.FOLLOWS, now=now)
    Message.objects.all().delete()
    services.publish(now=now + timedelta(hours=1), **facts)
    assert told("published") == {house.agent.pk, house.colleague.pk}
    assert (Item.objects.get().voices, Backing.objects.count()) == (0, 1)
