from datetime import timedelta
from threading import Thread

import pytest
from django.core.checks import run_checks
from django.db import connection
from environ import Env

from callcenter.audit.models import Entry
from callcenter.errors import Conflict
from callcenter.ops import services as ops
from callcenter.outbox import delivery, queue
from callcenter.outbox.models import Channel, Message, State, StoredMail

CONTEXT = {
    "reference": "C-1",
    "subject": "Charged twice",
    "tier": 1,
    "mark": 80,
    "path": "/complaints/C-1/",
    "received_at": "2026-11-18T02:00:00+00:00",
    "complaint_due_at": "2026-11-20T09:30:00+00:00",
}


@pytest.fixture
def enqueue(house, now):
    """Return a function that enqueues a warning to the supervisor."""

    def one(key="k:1", recipient=None, **more) -> Message:
        facts = {
            "channel": Channel.EMAIL,
            "template": "complaints/notify/warning",
            "context": CONTEXT,
            "now": now,
        }
        queue.enqueue([queue.message(key, recipient=recipient or house.supervisor, **{**facts, **more})])
        return Message.objects.get(key=key)

    return one


def test_the_same_key_is_written_once(enqueue):
    enqueue("k:1")
    enqueue("k:1")
    assert Message.objects.count() == 1


def test_a_mail_arrives_as_text_and_html_with_a_stable_id(enqueue, smtp, now):
    row = enqueue("clock:7:warning:80", cc=["lead@example.org"])
    assert delivery.drain(now=now) == 1
    (mail,) = smtp.mails
    assert mail["Message-ID"].startswith(f"<{row.pk}.clock.7.warning.80@")
    assert (mail["To"], mail["Cc"]) == ("1001@example.org", "lead@example.org")
    assert "80 % of the time is used: C-1 Charged twice" in mail["Subject"]
    assert "20 Nov 2026, 17:30" in mail.get_body(("plain",)).get_content()
    assert "<h1" in mail.get_body(("html",)).get_content()
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == (State.SENT, now, 1)


def test_a_mail_speaks_the_language_of_its_reader(enqueue, house, smtp, now):
    house.supervisor.language = "zh-hans"
    enqueue(recipient=house.supervisor)
    delivery.drain(now=now)
    assert "11月20日" in smtp.mails[0].get_body(("plain",)).get_content()


def test_a_message_waits_until_it_is_due(enqueue, smtp, now):
    enqueue(due_at=now + timedelta(hours=1))
    assert delivery.drain(now=now) == 0
    assert delivery.drain(now=now + timedelta(hours=1)) == 1


def test_a_claimed_message_is_left_alone_until_its_lease_ends(enqueue, smtp, now):
    enqueue()
    assert len(queue.claim(limit=10, now=now)) == 1
    assert delivery.drain(now=now + queue.LEASE) == 0
    assert delivery.drain(now=now + queue.LEASE + timedelta(seconds=1)) == 1


def test_a_passing_failure_is_tried_again_later_and_later(enqueue, smtp, now):
    row = enqueue()
    smtp.refused["1001@example.org"] = "451 try later"
    delivery.drain(now=now)
    row.refresh_from_db()
    assert (row.state, row.due_at) == (State.QUEUED, now + queue.FIRST_RETRY)
    delivery.drain(now=row.due_at)
    row.refresh_from_db()
    assert row.due_at == now + queue.FIRST_RETRY * 3
    smtp.refused.clear()
    assert delivery.drain(now=row.due_at) == 1


def test_a_permanent_refusal_is_given_up_and_told_in_the_app(enqueue, house, smtp, now):
    row = enqueue("k:1")
    smtp.refused["1001@example.org"] = "550 no such user"
    delivery.drain(now=now)
    row.refresh_from_db()
    assert (row.state, "550" in row.error) == (State.DEAD, True)
    notice = Message.objects.get(key=f"k:1:in_app:{house.supervisor.pk}")
    assert (notice.channel, notice.recipient) == (Channel.IN_APP, house.supervisor)
    assert queue.unread(house.supervisor, now=now) == 1


def test_a_message_that_cannot_be_rendered_does_not_hold_up_the_rest(enqueue, smtp, now):
    enqueue("k:broken", template="complaints/notify/missing")
    enqueue("k:fine")
    assert delivery.drain(now=now) == 1
    assert "TemplateDoesNotExist" in Message.objects.get(key="k:broken").error


def test_after_all_attempts_a_message_is_given_up(enqueue, smtp, now):
    smtp.refused["1001@example.org"] = "451 try later"
    row = enqueue()
    for _try in range(queue.ATTEMPTS):
        row.refresh_from_db()
        delivery.drain(now=row.due_at)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.DEAD, queue.ATTEMPTS)


def test_what_was_given_up_can_be_sent_again_and_that_is_audited(enqueue, house, smtp, now):
    row = enqueue()
    Message.objects.update(state=State.DEAD, attempts=8)
    ops.requeue_message(actor=house.administrator, message=row, now=now)
    assert delivery.drain(now=now) == 1
    assert Entry.objects.filter(action="message.requeued", actor=house.administrator).count() == 1
    with pytest.raises(Conflict):
        ops.requeue_message(actor=house.administrator, message=row, now=now)


def test_what_has_become_pointless_is_called_back(enqueue, smtp, now):
    enqueue(topic="complaint:1")
    assert queue.cancel("complaint:1") == 1
    assert delivery.drain(now=now) == 0


def test_somebody_without_an_address_is_told_in_the_app(enqueue, house, now):
    house.supervisor.email = ""
    assert enqueue(recipient=house.supervisor).channel == Channel.IN_APP


def test_a_notice_speaks_the_language_of_the_page_not_that_of_its_day(enqueue, house, sign_in, now):
    notice = enqueue(channel=Channel.IN_APP)
    assert notice.language == "en"
    house.supervisor.language = "zh-hans"
    house.supervisor.save()
    page = sign_in(house.supervisor).get("/ops/notices/").content.decode()
    assert "80 % of the time" not in page
    assert "C-1 Charged twice" in page


def test_two_workers_at_once_send_each_message_once(committed_house, smtp, now):

    house = committed_house
    queue.enqueue(
        queue.message(
            f"k:{i}",
            channel=Channel.EMAIL,
            recipient=house.supervisor,
            template="complaints/notify/warning",
            context=CONTEXT,
            now=now,
        )
        for i in range(60)
    )

    def work() -> None:
        delivery.drain(now=now, batch=7)
        connection.close()

    threads = [Thread(target=work) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(smtp.mails) == 60
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 60


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("smtp+tls://desk:secret@mail.example.com:587", False),
        ("smtp://", True),
        ("consolemail://", True),
        ("dummymail://", True),
    ],
)
def test_production_refuses_to_start_without_a_mail_server(settings, url, refused):
    settings.EMBEDDED = False
    for name, value in Env.email_url_config(url).items():
        setattr(settings, name, value)
    assert ("outbox.E001" in {problem.id for problem in run_checks()}) == refused


def test_the_mailbox_keeps_a_mail_with_all_its_readers(enqueue, settings, now):
    settings.EMAIL_BACKEND = "callcenter.outbox.mailbox.MailboxBackend"
    enqueue(cc=["lead@example.org"])
    assert delivery.drain(now=now) == 1
    assert StoredMail.objects.get().to == "1001@example.org, lead@example.org"


@pytest.mark.parametrize("name", ["warning", "escalation", "handler"])
def test_a_subject_arrives_as_it_was_written(enqueue, smtp, now, name):
    context = {**CONTEXT, "subject": "Tom & Jerry's <bill>"}
    enqueue(template=f"complaints/notify/{name}", context=context)
    delivery.drain(now=now)
    assert smtp.mails[0]["Subject"].endswith("Tom & Jerry's <bill>")
