"""Making, revoking and outliving tokens."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message, State
from callcenter.rest.scopes import Scope
from callcenter.tokens import services
from callcenter.tokens.models import Token


@pytest.fixture
def make(house, now):
    def made(**facts):
        given = {
            "actor": house.administrator,
            "client": "Wallboard",
            "purpose": "Shows what is late",
            "person": house.supervisor,
            "scopes": [Scope.COMPLAINTS_READ],
            "days": 90,
            "now": now,
            **facts,
        }
        return services.make_token(**given)

    return made


def test_a_token_is_kept_without_its_secret_and_its_making_is_on_record(house, make, now):
    token, secret = make()
    assert secret not in str(Token.objects.values().get())
    assert token.expires_at == now + timedelta(days=90)
    entry = Entry.objects.get(action="token.made")
    assert (entry.actor, entry.details["person"]) == (house.administrator, str(house.supervisor))
    assert secret not in str(entry.details)


def test_whoever_is_acted_for_is_told_in_the_app(house, make):
    make()
    notice = Message.objects.get(recipient=house.supervisor)
    assert notice.channel == Channel.IN_APP
    assert "Wallboard" in delivery.render(notice).subject
    make(person=house.administrator)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything:write"]}, "scopes"),
    ],
)
def test_a_token_without_an_end_or_a_scope_is_refused(make, facts, field):
    with pytest.raises(DomainError) as refusal:
        make(**facts)
    assert refusal.value.field == field


def test_nobody_gets_a_token_for_a_closed_account(house, make):
    house.agent.is_active = False
    with pytest.raises(DomainError, match="closed"):
        make(person=house.agent)


def test_the_database_refuses_a_token_that_outlives_a_year(make):
    token, _secret = make()
    with pytest.raises(IntegrityError, match="token_holds_at_most_a_year"):
        Token.objects.update(expires_at=token.created_at + timedelta(days=365, seconds=1))


@pytest.mark.parametrize("who", ["supervisor", "service_manager", "executive"])
def test_only_administrators_make_and_revoke(house, make, now, who):
    person = getattr(house, who)
    with pytest.raises(NotAllowed):
        make(actor=person)
    token, _secret = make()
    with pytest.raises(NotAllowed):
        services.revoke_token(actor=person, token_id=token.pk, now=now)


def test_a_token_is_revoked_once_and_for_ever(house, make, now):
    token, _secret = make()
    services.revoke_token(actor=house.administrator, token_id=token.pk, now=now)
    assert not Token.objects.valid(now).exists()
    assert Entry.objects.filter(action="token.revoked").count() == 1
    with pytest.raises(Conflict):
        services.revoke_token(actor=house.administrator, token_id=token.pk, now=now)


def test_whoever_made_a_token_is_told_once_a_week_before_it_ends(house, make, now):
    make(days=8)
    revoked, _secret = make(days=8)
    services.revoke_token(actor=house.administrator, token_id=revoked.pk, now=now)
    assert services.warn_of_expiry(now=now + timedelta(hours=23)) == 0
    assert services.warn_of_expiry(now=now + timedelta(days=1)) == 1
    assert services.warn_of_expiry(now=now + timedelta(days=2)) == 0
    notice = Message.objects.get(recipient=house.administrator)
    assert notice.state == State.QUEUED
    assert "expires soon" in delivery.render(notice).subject


@pytest.mark.parametrize("count", [1, 3])
def test_the_sweep_takes_as_many_queries_for_one_as_for_many(make, now, count, django_assert_num_queries):
    for _one in range(count):
        make(days=1)
    with django_assert_num_queries(6):
        assert services.warn_of_expiry(now=now) == count
