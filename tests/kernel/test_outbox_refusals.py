import os
import signal
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import get_connection

from callcenter.errors import Conflict
from callcenter.ops import services as ops
from callcenter.outbox import delivery, queue
from callcenter.outbox.models import Channel, Message, State
from tests.kernel.test_outbox import CONTEXT
from tests.smtp import Faulty

SUPERVISOR, REGIONAL, LEAD = "1001@example.org", "2001@example.org", "1101@example.org"


@pytest.fixture
def tell(house, now):
    """Return a function that enqueues one warning and returns its rows; a copy goes to the team lead."""

    def one(*recipients, key="k", copies=None, topic="complaint:1") -> list[Message]:
        rows = queue.messages(
            key,
            recipients=recipients or [house.supervisor],
            copies=[house.lead] if copies is None else copies,
            template="complaints/notify/warning",
            context=CONTEXT,
            topic=topic,
            now=now,
        )
        queue.enqueue(rows)
        return list(Message.objects.filter(key__startswith=key).order_by("pk"))

    return one


@pytest.fixture
def faulty(settings, smtp):
    """Return a function that lets Django send to a server that fails."""
    servers = []

    def one(*greeting, **replies) -> Faulty:
        servers.append(Faulty(*greeting, **replies))
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = servers[-1].port, 0.3
        return servers[-1]

    yield one
    for server in servers:
        server.close()


def notices() -> set[str]:
    """Return who was told in the app."""
    return set(
        Message.objects.filter(channel=Channel.IN_APP).values_list("recipient__work_number", flat=True)
    )


def test_who_has_to_act_and_is_refused_counts_as_not_told_though_the_copy_arrived(tell, smtp, now):
    (row,) = tell()
    smtp.refused[SUPERVISOR] = "550 no such user"
    assert delivery.drain(now=now) == 1, "the notice in the app"
    row.refresh_from_db()
    assert (row.state, "550" in row.error) == (State.DEAD, True)
    assert (smtp.envelopes, notices()) == ([[LEAD]], {"1001"})


def test_of_two_who_have_to_act_the_one_who_was_refused_is_told_in_the_app(tell, house, smtp, now):
    tell(house.supervisor, house.regional)
    smtp.refused[REGIONAL] = "550 no such user"
    delivery.drain(now=now)
    assert (smtp.envelopes, notices()) == ([[SUPERVISOR, LEAD]], {"2001"})


def test_who_was_put_off_is_tried_again_and_the_copy_is_not_sent_twice(tell, smtp, now):
    (row,) = tell()
    smtp.refused[SUPERVISOR] = "451 try later"
    assert delivery.drain(now=now) == 0
    smtp.refused.clear()
    assert delivery.drain(now=now + queue.FIRST_RETRY) == 1
    assert smtp.envelopes == [[LEAD], [SUPERVISOR]]
    assert {mail["Cc"] for mail in smtp.mails} == {LEAD}, "everybody still sees who else was told"
    row.refresh_from_db()
    assert (row.state, notices()) == (State.SENT, set())


def test_a_copy_that_is_refused_is_noted_and_fails_nothing(tell, smtp, now):
    (row,) = tell()
    smtp.refused[LEAD] = "550 no such user"
    assert delivery.drain(now=now) == 1
    row.refresh_from_db()
    assert (row.state, LEAD in row.error, smtp.envelopes) == (State.SENT, True, [[SUPERVISOR]])


@pytest.mark.parametrize("reply", ["sender_reply", "data_reply"])
def test_a_mail_that_is_refused_for_good_is_given_up_and_told_in_the_app(tell, smtp, now, reply):
    (row,) = tell()
    setattr(smtp, reply, "552 too large")
    delivery.drain(now=now)
    row.refresh_from_db()
    assert (row.state, notices()) == (State.DEAD, {"1001"})


FAULTS = {
    "greeting": (["554 no service here"], {}),
    "silence": ([""], {}),
    "silence later": ([], {"EHLO": "250 desk", "MAIL": ""}),
    "hello": ([], {"EHLO": "502 what?", "HELO": "504 who?"}),
    "sign-in": ([], {"EHLO": "250-desk\r\n250 AUTH PLAIN", "AUTH": "535 wrong password"}),
    "sign-in wanted": ([], {"EHLO": "250 desk", "MAIL": "530 sign in first", "RSET": "250 OK"}),
    "closing": ([], {"EHLO": "250 desk", "MAIL": "250 OK", "RCPT": "421 closing"}),
    "hanging up": ([], {"EHLO": "250 desk", "MAIL": "250 OK", "RCPT": "250 OK"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_at_fault_kills_no_message_and_is_asked_once_a_batch(tell, faulty, settings, now, fault):
    greeting, replies = FAULTS[fault]
    server = faulty(*greeting, **replies)
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "desk" if fault == "sign-in" else ""
    for number in range(3):
        tell(key=f"k:{number}")
    assert delivery.drain(now=now, batch=2) == 0
    assert server.visits == 1
    rows = Message.objects.order_by("pk").values_list("state", "attempts", "lease_until", "due_at")
    tried, *others = rows
    assert tried == (State.QUEUED, 0, None, now + queue.FIRST_RETRY)
    assert others == [(State.QUEUED, 0, None, now)] * 2


def test_messages_leave_as_soon_as_the_server_is_back_however_often_it_failed(
    tell, faulty, smtp, settings, now
):
    port = settings.EMAIL_PORT
    faulty("554 no service here")
    tell()
    for _try in range(queue.ATTEMPTS + 1):
        delivery.drain(now=now)
        now += queue.FIRST_RETRY
    settings.EMAIL_PORT = port
    assert delivery.drain(now=now) == 1
    assert Message.objects.get().attempts == 1


def test_notices_arrive_while_the_mail_server_is_away(tell, house, faulty, now):
    faulty("554 no service here")
    house.regional.email = ""
    mail, notice = tell(house.supervisor, house.regional)
    assert delivery.drain(now=now) == 1
    mail.refresh_from_db()
    notice.refresh_from_db()
    assert (mail.state, notice.state) == (State.QUEUED, State.SENT)


def test_a_worker_whose_time_is_up_gives_back_what_it_holds(tell, faulty, now):
    def time_is_up(*_signal) -> None:
        raise SoftTimeLimitExceeded

    # As the worker's pool does it: by a signal, while the message is on its way.
    before = signal.signal(signal.SIGUSR1, time_is_up)
    server = faulty(EHLO="250 desk", MAIL="")
    server.at_silence = lambda: os.kill(os.getpid(), signal.SIGUSR1)
    for number in range(3):
        tell(key=f"k:{number}")
    try:
        with pytest.raises(SoftTimeLimitExceeded):
            delivery.drain(now=now)
    finally:
        signal.signal(signal.SIGUSR1, before)
    rows = set(Message.objects.values_list("state", "attempts", "lease_until"))
    assert rows == {(State.QUEUED, 0, None)}


@pytest.mark.parametrize("permanent", [True, False])
def test_what_was_called_back_while_it_was_sent_is_not_tried_again(tell, smtp, now, permanent):
    (row,) = tell()
    queue.claim(limit=1, now=now)
    row.refresh_from_db()
    assert queue.cancel(row.topic) == 1
    queue.mark_failed(row, error="no", permanent=permanent, now=now)
    row.refresh_from_db()
    assert (row.state, notices()) == (State.CANCELLED, set())
    assert delivery.drain(now=now + timedelta(days=1)) == 0


def test_what_was_called_back_while_it_was_sent_and_arrived_counts_as_sent(tell, now):
    (row,) = tell()
    queue.claim(limit=1, now=now)
    row.refresh_from_db()
    queue.cancel(row.topic)
    queue.mark_sent([row], now=now)
    row.refresh_from_db()
    assert row.state == State.SENT


def test_what_is_called_back_between_claim_and_turn_is_not_sent(tell, smtp, now):
    (row,) = tell()
    queue.claim(limit=1, now=now)
    row.refresh_from_db()
    queue.call_back([row.key])
    sent = []
    delivery._settle([row], get_connection(), now, sent)
    assert sent == []
    assert delivery.drain(now=now + timedelta(days=1)) == 0
    assert smtp.mails == []


def test_what_was_given_up_about_something_that_ended_is_not_sent_again(tell, house, smtp, now):
    (row,) = tell(copies=[])
    smtp.refused[SUPERVISOR] = "550 no such user"
    delivery.drain(now=now)
    queue.cancel(row.topic)
    with pytest.raises(Conflict):
        ops.requeue_message(actor=house.administrator, message=row, now=now)


def test_everybody_is_told_by_one_mail_or_else_in_the_app(tell, house, smtp, now):
    house.supervisor.email = ""
    house.regional.language = "zh-hans"
    notice, mail = sorted(
        tell(house.supervisor, house.regional, house.executive), key=lambda row: row.channel, reverse=True
    )
    assert (notice.key, notice.recipient) == (f"k:in_app:{house.supervisor.pk}", house.supervisor)
    assert (mail.key, mail.recipient, mail.language) == ("k", house.regional, "zh-hans")
    assert (mail.to, mail.cc) == ([REGIONAL, "4001@example.org"], [LEAD])
    assert delivery.drain(now=now) == 2


def test_without_any_address_among_the_recipients_no_copy_goes_out(tell, house, smtp, now):
    house.supervisor.email = house.regional.email = ""
    tell(house.supervisor, house.regional)
    delivery.drain(now=now)
    assert (smtp.mails, notices()) == ([], {"1001", "2001"})
