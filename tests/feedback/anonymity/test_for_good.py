"""The database itself refuses to make an unnamed item named, whoever asks it."""

import pytest
from django.db import IntegrityError, connection, transaction

from feedback.models import Author, Claim, Item

NAMED = [
    "UPDATE feedback_item SET anonymous = false, receipt = NULL, submitted_at = now() WHERE id = %s",
    "UPDATE feedback_item SET anonymous = false WHERE id = %s",
    "UPDATE feedback_item SET receipt = '\\x00' WHERE id = %s",
    "UPDATE feedback_item SET submitted_at = now() WHERE id = %s",
]


@pytest.mark.parametrize("statement", NAMED)
def test_no_statement_turns_an_unnamed_item_into_a_named_one(written, statement):
    item, _code = written()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [item.pk])


def test_an_unnamed_item_gets_no_author_and_no_claim_without_its_receipt(written, house, now):
    item, _code = written()
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.create(item=item, person=house.agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(item=item, person=house.agent, receipt=b"guess", day=now.date())


def test_no_named_item_becomes_another_items_author(written, submit, house, now):
    item, _code = written()
    named = submit(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.filter(item=named).update(item=item)


def test_no_column_of_an_unnamed_item_leads_to_a_person(written):
    item, _code = written()
    people = [
        field.name
        for field in Item._meta.get_fields()
        if field.many_to_one and field.related_model._meta.label == "agents.User"
    ]
    assert people == []
    assert item.author_id is None
