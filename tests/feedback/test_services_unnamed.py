"""An anonymous item out of the intake: released like a named one, and nothing in it leads to its author."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, NotFound
from callcenter.outbox.models import Message
from feedback import services
from feedback.enums import Kind, Status
from feedback.models import Author, Claim, File, Item, Survey, Word
from tests.feedback.conftest import ANSWER, TEXT, Cleaned

YESTERDAY = date(2026, 11, 17)


def test_it_reaches_the_owners_like_a_named_one_and_its_deadline_runs_from_the_batch(
    admit, submit, departments, now
):
    named = submit(now)
    told = set(Message.objects.values_list("recipient", "channel", "template"))
    Message.objects.all().delete()
    item = admit(now, day=YESTERDAY)
    assert (item.due_at, item.released_at, item.submitted_on) == (named.due_at, now, YESTERDAY)
    assert set(Message.objects.values_list("recipient", "channel", "template")) == told
    entry = Entry.objects.get(object_id=str(item.pk))
    assert (entry.actor, entry.actor_name, entry.details["department"]) == (None, "system", "IT")
    assert (item.submitted_at, Author.objects.filter(item=item).exists(), item.author_id) == (
        None,
        False,
        None,
    )


def test_its_author_asks_answers_disputes_and_confirms_through_the_batch_and_only_the_day_is_kept(
    admit, answered, departments, house, now
):
    item = admit(now, day=YESTERDAY)
    services.ask_back(actor=departments.owner, item_id=item.pk, text="Which row?", now=now)
    services.say_unnamed(item_id=item.pk, text="Row C", day=now.date(), now=now)
    answered(item, now)
    services.dispute_unnamed(item_id=item.pk, reason="Not fixed", day=now.date(), now=now)
    answered(item, now, actor=house.executive, text="Now it is")
    facts = services.SurveyFacts(expected_days=2, expected_quality=4, found_quality=5, satisfied=True)
    services.confirm_unnamed(item_id=item.pk, survey=facts, now=now)
    item.refresh_from_db()
    assert (item.status, item.disputes, Survey.objects.get().found_quality) == (Status.CLOSED, 1, 5)
    own = Word.objects.get(by=None)
    assert (own.at, own.day) == (None, now.date())
    told = Message.objects.values_list("recipient", flat=True)
    assert set(told) == {departments.owner.pk, departments.second.pk, house.executive.pk}
    assert set(
        Entry.objects.filter(
            action__in=["feedback.said", "feedback.disputed", "feedback.confirmed"]
        ).values_list("actor_name", flat=True)
    ) == {"system"}


def test_nothing_of_the_words_is_in_audit_or_outbox(admit, answered, departments, now):
    item = admit(now)
    services.say_unnamed(item_id=item.pk, text="Row C", day=now.date(), now=now)
    answered(item, now)
    services.dispute_unnamed(item_id=item.pk, reason="Not fixed", day=now.date(), now=now)
    kept = [str(row) for model in (Entry, Message) for row in model.objects.values()]
    assert len(kept) > 8
    assert not any(
        words in row for row in kept for words in (TEXT, "Row C", ANSWER, "Not fixed", item.subject)
    )


@pytest.mark.parametrize("act", ["say_unnamed", "dispute_unnamed"])
def test_the_doors_of_the_batch_open_nothing_that_has_an_author(submit, answered, departments, now, act):
    item = answered(submit(now), now)
    words = "text" if act == "say_unnamed" else "reason"
    with pytest.raises(ValueError, match="has an author"):
        getattr(services, act)(item_id=item.pk, day=now.date(), now=now, **{words: "I"})


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO feedback_word (id, item_id, text, day, at) VALUES (1, %(item)s, 'I', now(), now())",
        "UPDATE feedback_item SET anonymous = false, receipt = NULL, submitted_at = now() WHERE id = %(item)s",
        "UPDATE feedback_item SET receipt = '\\x00' WHERE id = %(item)s",
        "INSERT INTO feedback_author (item_id, person_id) VALUES (%(item)s, %(person)s)",
        "INSERT INTO feedback_claim (item_id, receipt, person_id, day) VALUES (%(item)s, '\\x00', %(person)s, now())",
    ],
)
def test_the_database_itself_refuses_whatever_leads_to_the_author(admit, house, now, statement):
    item = admit(now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"item": item.pk, "person": house.agent.pk})


def test_closed_for_ninety_days_its_words_and_files_are_gone_and_what_is_counted_stays(
    admit, submit, answered, departments, now, django_capture_on_commit_callbacks
):
    item = admit(now, files=[Cleaned()])
    named = answered(submit(now, files=[Cleaned()]), now)
    path = File.objects.get(item=item).file.name
    services.say_unnamed(item_id=item.pk, text="Row C", day=now.date(), now=now)
    services.write_note(actor=departments.owner, item_id=item.pk, text="Row C it is", now=now)
    answered(item, now)
    services.close_silent(now=datetime(2026, 12, 1, tzinfo=UTC))
    almost, then = datetime(2027, 2, 28, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
    assert services.erase_old(now=almost) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.erase_old(now=then) == 1
    assert services.erase_old(now=then) == 0
    item.refresh_from_db()
    assert (item.subject, item.text, item.erased_at) == ("", "", then)
    assert [item.words.exists(), item.notes.exists(), item.files.exists()] == [False] * 3
    assert not default_storage.exists(path)
    given = item.answers.get()
    assert (given.text, given.at, item.category, item.answered_at) == ("", now, "tools", now)
    named.refresh_from_db()
    assert (named.text, named.files.count()) == (TEXT, 1)


def test_what_was_published_outlives_the_words_of_the_author(admit, answered, departments, now):
    item = answered(admit(now), now)
    services.publish(
        actor=departments.owner, item_id=item.pk, subject="Headsets", text="On headsets", now=now
    )
    services.confirm_unnamed(item_id=item.pk, survey=None, now=now)
    services.erase_old(now=datetime(2027, 3, 1, tzinfo=UTC))
    item.refresh_from_db()
    assert (item.text, item.public_text, item.answers.get().text) == ("", "On headsets", ANSWER)


def test_a_suggestion_is_not_forgotten_while_it_is_carried_out(admit, departments, now):
    item = admit(now, kind=Kind.SUGGESTION)
    services.assess_suggestion(
        actor=departments.owner,
        item_id=item.pk,
        adopt=True,
        reason="Yes",
        carry_out_by=date(2027, 6, 1),
        now=now,
    )
    services.confirm_unnamed(item_id=item.pk, survey=None, now=now)
    assert services.erase_old(now=datetime(2027, 5, 1, tzinfo=UTC)) == 0


def test_only_the_receipt_claims_the_reward_and_the_item_stays_anonymous(admit, departments, house, now):
    receipt = b"r" * 32
    item = admit(now, kind=Kind.SUGGESTION, receipt=receipt)
    services.assess_suggestion(
        actor=departments.owner, item_id=item.pk, adopt=True, reason="Yes", carry_out_by=now.date(), now=now
    )
    claim = {"item_id": item.pk, "person": house.agent, "shown": True, "day": now.date(), "now": now}
    with pytest.raises(Conflict, match="no reward"):
        services.claim_reward(receipt=receipt, **claim)
    services.carry_out_suggestion(actor=departments.owner, item_id=item.pk, result="Done", now=now)
    services.verify_suggestion(actor=departments.second, item_id=item.pk, holds=True, now=now)
    services.reward_suggestion(actor=departments.owner, item_id=item.pk, reward="200 yuan", now=now)
    with pytest.raises(NotFound, match="receipt"):
        services.claim_reward(receipt=b"x" * 32, **claim)
    services.claim_reward(receipt=receipt, **claim)
    item.refresh_from_db()
    assert (item.anonymous, Claim.objects.get().person, item.suggestion.shown) == (True, house.agent, True)
    with pytest.raises(Conflict, match="before"):
        services.claim_reward(receipt=receipt, **claim)
    assert Item.objects.visible_to(house.agent).count() == 0
