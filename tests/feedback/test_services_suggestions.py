"""A suggestion: assessed, carried out by a date, verified by another, rewarded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from callcenter.state import IllegalTransition
from feedback import services
from feedback.enums import SUGGESTION_STEPS, Kind, Status, SuggestionState
from feedback.models import Item, Suggestion


@pytest.fixture
def adopted(submit, departments, now):
    """Return a suggestion that IT adopted, to be carried out within a week."""
    item = submit(now, kind=Kind.SUGGESTION)
    services.assess_suggestion(
        actor=departments.owner,
        item_id=item.pk,
        adopt=True,
        reason="A good one",
        carry_out_by=now.date() + timedelta(days=7),
        now=now,
    )
    return item


@pytest.fixture
def carried_out(adopted, departments, now):
    """Return it carried out by the first owner."""
    services.carry_out_suggestion(actor=departments.owner, item_id=adopted.pk, result="All sets new", now=now)
    return adopted


def state():
    return Suggestion.objects.get().state


def told(event):
    return set(
        Message.objects.filter(template=f"feedback/notify/{event}").values_list("recipient", flat=True)
    )


def test_the_assessment_is_the_answer_and_has_a_reason_and_a_date(adopted, house, now):
    assert (state(), Item.objects.get().status) == (SuggestionState.ADOPTED, Status.ANSWERED)
    assert adopted.answers.get().text == "A good one"
    assert told("assessed") == {house.agent.pk}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"adopt": True, "reason": "", "days": 7}, "reason"),
        ({"adopt": False, "reason": " ", "days": 0}, "reason"),
        ({"adopt": True, "reason": "Yes", "days": None}, "carry_out_by"),
        ({"adopt": True, "reason": "Yes", "days": -1}, "carry_out_by"),
    ],
)
def test_what_is_missing_is_refused_by_name(submit, departments, now, facts, field):
    item = submit(now, kind=Kind.SUGGESTION)
    days = facts.pop("days")
    by = None if days is None else now.date() + timedelta(days=days)
    with pytest.raises(DomainError) as refusal:
        services.assess_suggestion(
            actor=departments.owner, item_id=item.pk, carry_out_by=by, now=now, **facts
        )
    assert refusal.value.field == field
    assert (state(), Item.objects.get().status) == (SuggestionState.OPEN, Status.SUBMITTED)


def test_a_declined_one_has_come_to_its_end(submit, departments, now):
    item = submit(now, kind=Kind.SUGGESTION)
    facts = {"actor": departments.owner, "item_id": item.pk, "reason": "Too dear", "now": now}
    services.assess_suggestion(adopt=False, carry_out_by=None, **facts)
    with pytest.raises(IllegalTransition):
        services.assess_suggestion(adopt=True, carry_out_by=now.date(), **facts)


def test_a_question_is_not_assessed(submit, departments, now):
    item = submit(now)
    with pytest.raises(Conflict):
        services.assess_suggestion(
            actor=departments.owner, item_id=item.pk, adopt=False, reason="No", carry_out_by=None, now=now
        )
    assert not departments.owner.has_perm("feedback.carry_out", None)


def test_whoever_carried_it_out_does_not_verify_it(carried_out, departments, house, now):
    for nobody in (departments.owner, house.colleague, departments.stranger, house.executive):
        with pytest.raises(NotAllowed):
            services.verify_suggestion(actor=nobody, item_id=carried_out.pk, holds=True, now=now)
    assert told("to_verify") == {departments.second.pk}
    services.verify_suggestion(actor=departments.second, item_id=carried_out.pk, holds=True, now=now)
    assert state() == SuggestionState.VERIFIED
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(verified_by=departments.owner)


def test_its_author_may_verify_it_and_once_it_is_public_an_executive(carried_out, departments, house, now):
    services.publish(actor=departments.owner, item_id=carried_out.pk, subject="Sets", text="New", now=now)
    item = Item.objects.get()
    assert house.agent.has_perm("feedback.verify", item)
    assert house.executive.has_perm("feedback.verify", item)
    assert not house.colleague.has_perm("feedback.verify", item)


def test_what_does_not_hold_is_done_again_by_another_date(carried_out, departments, now):
    facts = {"actor": departments.second, "item_id": carried_out.pk, "holds": False, "now": now}
    with pytest.raises(DomainError) as refusal:
        services.verify_suggestion(**facts)
    assert refusal.value.field == "note"
    by = now.date() + timedelta(days=14)
    services.verify_suggestion(note="Row C still crackles", carry_out_by=by, **facts)
    again = Suggestion.objects.get()
    assert (again.state, again.carry_out_by, again.carried_out_by) == (SuggestionState.ADOPTED, by, None)
    assert carried_out.notes.get().text == "Row C still crackles"


def test_a_reward_is_recorded_once_and_shown_only_if_the_author_agrees(carried_out, departments, house, now):
    facts = {"actor": departments.owner, "item_id": carried_out.pk, "reward": "200 yuan", "now": now}
    with pytest.raises(Conflict):
        services.reward_suggestion(**facts)
    services.verify_suggestion(actor=departments.second, item_id=carried_out.pk, holds=True, now=now)
    services.reward_suggestion(**facts)
    with pytest.raises(Conflict):
        services.reward_suggestion(**facts)
    assert Suggestion.objects.get().shown is False
    with pytest.raises(NotAllowed):
        services.show_reward(actor=departments.owner, item_id=carried_out.pk, shown=True, now=now)
    services.show_reward(actor=house.agent, item_id=carried_out.pk, shown=True, now=now)
    assert Suggestion.objects.get().shown is True


def test_an_overdue_one_is_reported_to_the_owners_once_and_again_for_a_new_date(adopted, departments, now):
    owners = {departments.owner.pk, departments.second.pk}
    assert services.remind_of_suggestions(now=now + timedelta(days=7)) == 0
    assert services.remind_of_suggestions(now=now + timedelta(days=8)) == 1
    assert services.remind_of_suggestions(now=now + timedelta(days=9)) == 0
    assert told("suggestion_overdue") == owners
    later = now + timedelta(days=10)
    services.assess_suggestion(
        actor=departments.owner,
        item_id=adopted.pk,
        adopt=True,
        reason="Later",
        carry_out_by=later.date(),
        now=later,
    )
    assert services.remind_of_suggestions(now=later + timedelta(days=1)) == 1
    assert Message.objects.filter(template="feedback/notify/suggestion_overdue").count() == 8


def test_the_table_of_steps_names_every_state():
    assert set(SUGGESTION_STEPS) == set(SuggestionState)
