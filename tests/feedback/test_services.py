from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from agents import services as people
from agents.models import RoleGrant, User
from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.errors import DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message, State
from callcenter.state import IllegalTransition
from callcenter.worktime.models import Policy
from feedback import services
from feedback.enums import STEPS, Ending, Status
from feedback.models import Item
from tests.feedback.conftest import ANSWER, LONG_AGO, TEXT, Departments, wish_for


def answer(item, actor, now, text=ANSWER):
    return services.answer_item(actor=actor, item_id=item.pk, text=text, now=now)


def test_the_answer_is_due_at_the_close_of_the_third_working_day(submit, now):
    item = submit(now)
    assert item.due_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC), (
        "Wednesday + 3 = Monday, close of business"
    )
    assert (item.status, item.provisional, item.policy.code) == (Status.SUBMITTED, False, "feedback_answer")
    entry = Entry.objects.get(action="feedback.submitted")
    assert (entry.actor, entry.details["department"]) == (item.author.person, "IT")


def test_changing_the_policy_later_moves_no_deadline(submit, now):
    before = submit(now)
    Policy.objects.filter(code="feedback_answer").update(amount=1)
    assert submit(now).due_at == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    before.refresh_from_db()
    assert before.due_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_without_a_policy_it_says_whom_to_ask(submit, now):
    Policy.objects.filter(code="feedback_answer").delete()
    with pytest.raises(DomainError) as refusal:
        submit(now)
    assert "administrator" in str(refusal.value.mend)
    assert not Item.objects.exists()


def test_every_owner_is_told_once_in_the_app_and_by_email(submit, now, departments):
    item = submit(now)
    told = set(Message.objects.values_list("recipient", "channel"))
    owners = (departments.owner.pk, departments.second.pk)
    assert told == {(owner, channel) for owner in owners for channel in (Channel.IN_APP, Channel.EMAIL)}
    assert set(Message.objects.values_list("due_at", flat=True)) == {now}
    assert Message.objects.filter(key=f"feedback:{item.pk}:submitted:{departments.owner.pk}:email").exists()


def test_outside_the_mail_window_the_email_waits_and_the_notice_does_not(submit):
    night = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    submit(night)
    due = dict(Message.objects.values_list("channel", "due_at"))
    assert due == {Channel.IN_APP: night, Channel.EMAIL: datetime(2026, 11, 22, 23, 30, tzinfo=UTC)}


def test_an_owner_without_an_address_gets_one_notice(submit, now, departments):
    User.objects.filter(pk=departments.owner.pk).update(email="")
    submit(now)
    assert Message.objects.get(recipient=departments.owner).channel == Channel.IN_APP


def test_a_former_or_closed_owner_is_not_told(submit, now, departments):
    people.end_role(actor=SYSTEM, grant=departments.owner.grants[0], from_day=LONG_AGO, now=now)
    people.deactivate(actor=SYSTEM, person=departments.second, now=now)
    with pytest.raises(DomainError) as refusal:
        submit(now)
    assert refusal.value.field == "department"
    assert not Message.objects.exists()


def test_a_department_without_an_owner_is_refused(submit, now, departments):
    with pytest.raises(DomainError) as refusal:
        submit(now, department=departments.kitchen)
    assert refusal.value.field == "department"
    assert not Item.objects.exists()


def test_the_only_owner_cannot_write_to_their_own_department(submit, now, departments):
    with pytest.raises(DomainError) as refusal:
        submit(now, actor=departments.stranger, department=departments.hr)
    assert refusal.value.field == "department"


@pytest.mark.parametrize(
    ("field", "value"),
    [("subject", " "), ("subject", "x" * 121), ("text", "\n"), ("text", "\0"), ("department", None)],
)
def test_an_item_without_its_words_is_refused_and_names_the_field(submit, now, field, value):
    with pytest.raises(DomainError) as refusal:
        submit(now, **{field: value})
    assert refusal.value.field == field
    assert not Item.objects.exists()


def test_somebody_whose_account_is_closed_submits_nothing(submit, house, now):
    house.agent.is_active = False
    with pytest.raises(NotAllowed):
        submit(now)


def test_an_answer_ends_the_item_tells_the_submitter_and_calls_the_owners_mail_back(
    submit, house, departments
):
    night = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    item = answer(submit(night), departments.owner, night + timedelta(minutes=5))
    item.refresh_from_db()
    given = item.answers.get()
    assert (item.status, given.text, given.by) == (Status.ANSWERED, ANSWER, departments.owner)
    assert item.answered_late is False
    waiting = Message.objects.filter(state=State.QUEUED)
    assert set(waiting.values_list("recipient", "channel")) == {
        (house.agent.pk, Channel.IN_APP),
        (house.agent.pk, Channel.EMAIL),
    }
    assert Message.objects.filter(state=State.CANCELLED).count() == 4
    assert Entry.objects.get(action="feedback.answered").actor == departments.owner


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, True), (1, True)])
def test_an_answer_at_the_due_instant_is_late(submit, departments, now, after, late):
    item = submit(now)
    answered = answer(item, departments.owner, item.due_at + timedelta(seconds=after))
    assert answered.answered_late is late
    assert Entry.objects.get(action="feedback.answered").details["late"] is late


def test_an_empty_answer_is_refused(submit, departments, now):
    with pytest.raises(DomainError) as refusal:
        answer(submit(now), departments.owner, now, text="  ")
    assert refusal.value.field == "text"
    assert Item.objects.get().status == Status.SUBMITTED


def test_what_is_answered_cannot_be_answered_again(submit, departments, now):
    item = submit(now)
    answer(item, departments.owner, now)
    with pytest.raises(IllegalTransition):
        answer(item, departments.second, now, text="Another answer")
    assert item.answers.get().text == ANSWER


def test_the_table_of_steps_names_every_state():
    assert set(STEPS) == set(Status)
    assert set().union(*STEPS.values()) <= set(Status)


def test_an_owner_does_not_answer_their_own_item(submit, departments, now):
    item = submit(now, actor=departments.owner)
    assert not Message.objects.filter(recipient=departments.owner).exists()
    with pytest.raises(NotAllowed):
        answer(item, departments.owner, now)
    answer(item, departments.second, now)


def test_whoever_no_longer_owns_the_department_may_not_answer(submit, departments, now):
    item = submit(now)
    people.end_role(
        actor=SYSTEM, grant=RoleGrant.objects.get(person=departments.owner), from_day=LONG_AGO, now=now
    )
    former = User.objects.get(pk=departments.owner.pk)
    assert not Item.objects.visible_to(former).exists()
    with pytest.raises(NotAllowed):
        answer(item, former, now)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": Status.CLOSED},
        {"ending": Ending.SILENCE},
        {"due_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"escalated_at": datetime(2026, 12, 1, tzinfo=UTC)},
        {"published_at": datetime(2026, 12, 1, tzinfo=UTC)},
        {"submitted_at": None},
        {"department": None},
    ],
)
def test_the_database_refuses_what_is_only_half_true(submit, now, broken):
    submit(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.update(**broken)


def test_the_database_refuses_an_answer_by_the_author(submit, now, departments):
    item = answer(submit(now), departments.owner, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.answers.update(by=item.author.person)


def test_the_mails_say_what_to_do_by_when_and_where_and_quote_nothing(submit, departments, now, smtp):
    item = submit(now)
    delivery.drain(now=now)
    answer(item, departments.owner, now)
    delivery.drain(now=now)
    bodies = [mail.get_body(("plain",)).get_content() for mail in smtp.mails]
    assert sorted(mail["To"] for mail in smtp.mails) == [
        "20401@example.org",
        "7001@example.org",
        "7002@example.org",
    ]
    assert "answer it by 23 Nov 2026, 17:30" in bodies[0]
    assert all(item.get_absolute_url() in body for body in bodies)
    secrets = (item.subject, TEXT, ANSWER)
    assert not any(secret in f"{mail['Subject']} {mail}" for mail in smtp.mails for secret in secrets)


def test_audit_and_outbox_hold_nothing_of_what_was_written(submit, departments, now):
    item = submit(now)
    answer(item, departments.owner, now)
    kept = [str(row) for model in (Entry, Message) for row in model.objects.values()]
    assert len(kept) > 6
    assert not any(secret in row for row in kept for secret in (item.subject, TEXT, ANSWER))


def test_of_two_owners_who_answer_at_once_the_first_one_counts(committed_house, now):
    departments = Departments(committed_house)
    item = services.submit_item(actor=committed_house.agent, wish=wish_for(departments.it), now=now)
    start, outcomes = Barrier(2), []

    def reply(owner: User) -> None:
        start.wait()
        try:
            answer(item, owner, now, text=owner.name)
            outcomes.append(owner.name)
        except IllegalTransition:
            outcomes.append("refused")
        connection.close()

    threads = [Thread(target=reply, args=[owner]) for owner in (departments.owner, departments.second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["refused", item.answers.get().text])
    assert Message.objects.filter(recipient=committed_house.agent, channel=Channel.EMAIL).count() == 1
