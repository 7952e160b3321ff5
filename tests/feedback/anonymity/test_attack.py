"""Can anybody tell who wrote what? Thirty employees write, named and unnamed, and an attacker sees everything there is.

Within a batch of n items a blind guess that gives every item another author is right once on average, however large n is:
that is 1/n of the items. Over BATCHES batches the number of right guesses is nearly Poisson with that mean; no way of
guessing may exceed the mean by more than five of its standard deviations (one chance in some millions).
"""

import math
import random
import re
from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from agents.models import Department
from callcenter.access import Role
from callcenter.outbox.delivery import drain
from callcenter.outbox.models import Message
from feedback import services
from feedback.anonymity import batch, keys
from feedback.models import FeedbackPolicy, Item
from tests.feedback.anonymity import attacker
from tests.feedback.anonymity.browser import get_tokens, new_code, post, with_receipt
from tests.feedback.conftest import wish_for

ROUNDS = 20
PEOPLE = 30
UNNAMED = 9


@pytest.fixture
def town(committed_house, now):
    """Return thirty agents, and a department that answers."""
    it = Department.objects.create(name="IT", scope="Headsets")
    committed_house.person("7001", Role.DEPARTMENT_OWNER, scope=it)
    agents = [committed_house.person(f"3{number:04}", Role.AGENT) for number in range(PEOPLE)]
    FeedbackPolicy.objects.update(tokens_a_period=100)
    keys.current_key(now=now)
    return it, agents


def one_round(seed: int, it, agents, now) -> tuple[list[Item], list[Item], list[int]]:
    """Play some hours: people sign in and fetch tokens in one order, and write in another; then comes the batch.

    Return the unnamed items in the order in which they were posted, the named ones likewise, and the unnamed ones' numbers
    in the order in which their authors signed in.
    """
    chance = random.Random(seed)
    arriving = chance.sample(agents, len(agents))
    tokens = {}
    for person in arriving:
        Client().force_login(person)
        tokens[person.pk] = get_tokens(person, 1, now=now)[0]
    writers = chance.sample(arriving, 2 * UNNAMED)
    unnamed = set(chance.sample(range(len(writers)), UNNAMED))
    subjects, named, came = [], [], []
    for at, person in enumerate(writers):
        if at in unnamed:
            subjects.append(f"S{seed}x{at}")
            came.append(arriving.index(person))
            assert (
                post(tokens[person.pk], code=new_code(), department=it, subject=subjects[-1]).status_code
                == 202
            )
        else:
            named.append(
                services.submit_item(
                    actor=person, wish=wish_for(it, subject=f"N{seed}x{at}"), now=timezone.now()
                )
            )
    assert batch.release_batches(now=now) == UNNAMED
    drain(now=now + timedelta(days=9))
    found = {item.subject: item for item in Item.objects.filter(subject__in=subjects)}
    by_arrival = sorted(range(UNNAMED), key=came.__getitem__)
    return [found[subject] for subject in subjects], named, by_arrival


def in_mail(items) -> list[int]:
    """Return the items in the order in which mail about them went out."""
    texts = [f"{sent.subject} {sent.body}" for sent in mail.outbox]
    return sorted(
        range(len(items)), key=lambda at: next(i for i, text in enumerate(texts) if items[at].number in text)
    )


def names_of(items) -> list[list[str]]:
    return [[str(item.pk), item.number] for item in items]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_attacker_who_sees_everything_guesses_no_better_than_blindly(town, now):
    it, agents = town
    hits: Counter[str] = Counter()
    control = 0
    for seed in range(ROUNDS):
        unnamed, named, by_arrival = one_round(seed, it, agents, now)
        data = attacker.dump(*(name for names in names_of([*unnamed, *named]) for name in names))
        for how, order in attacker.orders(data, names_of(unnamed)):
            hits[how] += attacker.right(order)
            hits[f"{how}, backwards"] += attacker.right(order[::-1])
            hits[f"{how}, by sign-in"] += attacker.right([by_arrival.index(at) for at in order])
        hits["the order of the mails"] += attacker.right(in_mail(unnamed))
        for how, order in attacker.orders(data, names_of(named)):
            if how == "feedback_item.ctid":
                control += attacker.right(order)
    bound = ROUNDS + 5 * math.sqrt(ROUNDS)
    assert len(hits) > 20
    assert "feedback_item.xmin" in hits
    assert "outbox_message.id" in hits
    assert {how: number for how, number in hits.items() if number > bound} == {}
    # The same attacker finds the authors of named items by the order of their rows: it is no blunt instrument.
    assert control == ROUNDS * UNNAMED


def test_no_row_speaks_of_an_unnamed_item_and_of_an_employee(town, now):
    it, agents = town
    items, _named, _came = one_round(1, it, agents, now)
    people = {agent.pk for agent in agents}
    marks = [mark for agent in agents for mark in (agent.work_number, agent.email, agent.name)]
    for table, rows in attacker.dump().items():
        for _place, _xmin, row in rows:
            if not attacker.mentions(row, [name for names in names_of(items) for name in names]):
                continue
            assert not attacker.mentions(row, marks), f"{table} tells: {row}"
            keys_of_people = [
                value
                for name, value in row.items()
                if re.search(r"person|actor|author|by_id|recipient", name)
            ]
            assert not people & {value for value in keys_of_people if isinstance(value, int)}, (
                f"{table} tells: {row}"
            )


def test_posting_and_reading_leave_no_trace_but_the_sealed_row(town, now, caplog):
    it, agents = town
    token = get_tokens(agents[0], 1, now=now)[0]
    store = redis.from_url(settings.CACHES["default"]["LOCATION"])
    before, known = attacker.dump(), set(store.keys())
    code = new_code()
    assert post(token, code=code, department=it, text="The coffee is cold.").status_code == 202
    after = attacker.dump()
    assert [table for table in after if after[table] != before[table]] == ["feedback_waiting"]
    ((_place, _xmin, row),) = after["feedback_waiting"]
    assert set(row) == {"id", "sealed", "token", "day"}

    batch.release_batches(now=now + timedelta(days=30))
    before = attacker.dump()
    assert "The coffee is cold." in with_receipt("read", code).text
    assert attacker.dump() == before
    new = b" ".join(store.keys())
    told = " ".join(record.getMessage() for record in caplog.records) + str(attacker.dump())
    for secret in (code, token.hex(), token[2:34].hex()):
        assert secret not in told
        assert secret.encode() not in new
    assert all(
        b"unnamed:" in key or b"worktime" in key or b"frame" in key for key in set(store.keys()) - known
    ), new


def test_mail_about_a_batch_goes_to_the_department_at_one_instant_and_names_no_minute_of_writing(town, now):
    it, agents = town
    items, _named, _came = one_round(2, it, agents, now)
    rows = Message.objects.filter(topic__in=[item.topic for item in items])
    assert {row.created_at for row in rows} == {now}
    assert {row.recipient.work_number for row in rows} == {"7001"}
    assert not any("S2x" in str(row.context) for row in rows)


def test_waiting_rows_of_a_crash_are_gone_and_their_tokens_unspent(town, now):
    """The table is unlogged: the database says so, and a crash empties it. The author sees that the code leads nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'feedback_waiting'")
        assert cursor.fetchone() == ("u",)
