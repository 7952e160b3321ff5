"""Whom a mail has not reached counts as not told, and the next person is."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from agents import services as people
from agents.models import Superior, User
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message
from complaints import services
from complaints.enums import ClockKind
from complaints.models import Alert, Attempt, Clock, Complaint
from tests.rest.conftest import error_of, program  # noqa: F401 (a fixture)

FRIDAY_CLOSE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BOUNCES = "/api/v1/mail/bounces/"
NOBODY = "550 no such user"


@pytest.fixture
def breached(house, now, smtp):
    """Return a complaint whose deadline has passed, with nobody told yet; the other clocks are out of the way."""
    complaint = house.complaint(now=now)
    complaint.clocks.exclude(kind=ClockKind.RESOLUTION).delete()
    Clock.objects.update(warned=80, next_at=FRIDAY_CLOSE)
    return complaint


def tell(at=FRIDAY_CLOSE) -> None:
    """Sweep, send, and go on to the next as long as somebody is left."""
    services.sweep_clocks(now=at)
    delivery.drain(now=at)
    while services.retell(now=at):
        delivery.drain(now=at)


def attempts() -> list[tuple[int, int, str]]:
    """Return every further attempt: level of the escalation, number, whom."""
    rows = Attempt.objects.order_by("alert__mark", "number")
    return list(rows.values_list("alert__mark", "number", "recipient__work_number"))


def told_in_app() -> list[str]:
    """Return who has a notice."""
    rows = Message.objects.filter(channel=Channel.IN_APP).order_by("recipient__work_number")
    return list(rows.values_list("recipient__work_number", flat=True))


def answering(complaint) -> tuple[str, int]:
    """Return who answers for it now, and on which level."""
    complaint.refresh_from_db()
    return complaint.responsible.work_number, complaint.level


def test_whom_the_server_refuses_is_told_in_the_app_and_the_next_person_by_mail(breached, smtp):
    smtp.refused["2001@example.org"] = NOBODY
    tell()
    alert = Alert.objects.get()
    assert (alert.mark, alert.recipient.work_number) == (1, "2001"), "the escalation stays the same one"
    assert attempts() == [(1, 2, "3001")]
    assert told_in_app() == ["2001"]
    assert answering(breached) == ("3001", 2)
    (mail,) = [mail for mail in smtp.mails if mail["To"] == "3001@example.org"]
    assert mail["Cc"] == "1001@example.org"
    assert "No mail reaches Person 2001 2001" in mail.get_body(("plain",)).get_content()
    entry = Entry.objects.get(action="complaint.retold")
    assert (entry.details["mark"], entry.details["lost"]) == (2, ["Person 2001 2001"])


def test_the_level_that_was_reached_is_not_climbed_again(breached, smtp):
    smtp.refused["2001@example.org"] = NOBODY
    tell()
    tell(FRIDAY_CLOSE + timedelta(days=3))
    assert list(Alert.objects.order_by("pk").values_list("mark", "recipient__work_number")) == [
        (1, "2001"),
        (3, "4001"),
    ]


def test_it_goes_up_to_the_executives_and_ends_where_nobody_is_left(house, breached, smtp):
    smtp.refused |= {f"{number}@example.org": NOBODY for number in ("2001", "3001", "4001", "4002")}
    house.person("4002", Role.EXECUTIVE)
    tell()
    assert attempts() == [(1, 2, "3001"), (1, 3, "4001"), (1, 4, "4002")]
    assert told_in_app() == ["2001", "3001", "4001", "4002", "9001"]
    notice = Message.objects.get(recipient=house.administrator)
    words = delivery.render(notice)
    assert breached.reference in words.subject
    assert "Person 4002 4002" in words.text
    assert breached.subject not in words.text, "administrators see no content"
    assert services.retell(now=FRIDAY_CLOSE) == 0
    assert Alert.objects.count() == 1


def test_of_the_executives_who_were_told_together_the_one_who_was_reached_answers(house, breached, smtp):
    house.person("4002", Role.EXECUTIVE)
    Superior.objects.filter(person=house.supervisor).delete()
    smtp.refused["4001@example.org"] = NOBODY
    tell()
    assert (attempts(), told_in_app()) == ([], ["4001"])
    assert answering(breached)[0] == "4002"


def test_a_stand_in_who_is_not_reached_is_followed_by_the_next_level(house, breached, smtp):
    people.record_absence(
        actor=SYSTEM,
        person=house.regional,
        stand_in=house.lead,
        since=FRIDAY_CLOSE,
        until=FRIDAY_CLOSE + timedelta(days=9),
        now=FRIDAY_CLOSE,
    )
    smtp.refused["1101@example.org"] = NOBODY
    tell()
    assert (attempts(), answering(breached)) == ([(1, 2, "3001")], ("3001", 2))


def test_a_mail_that_comes_back_counts_as_a_refusal_and_once(house, breached, smtp, program):  # noqa: F811
    tell()
    report = {
        "message_id": smtp.mails[-1]["Message-ID"],
        "recipient": "2001@EXAMPLE.org",
        "reason": "5.1.1 unknown",
    }
    client = program(house.administrator)
    assert client.send(BOUNCES, report).json() == {"noted": 1}
    assert client.send(BOUNCES, report).json() == {"noted": 0}
    tell()
    assert (attempts(), told_in_app()) == ([(1, 2, "3001")], ["2001"])
    second = {"message_id": smtp.mails[-1]["Message-ID"]}
    assert client.send(BOUNCES, second).json() == {"noted": 1}
    tell()
    assert attempts()[1:] == [(1, 3, "4001")]
    assert answering(breached) == ("4001", 3)
    assert Entry.objects.filter(action="message.bounced").count() == 2


def test_a_bounce_of_an_address_alone_means_all_that_was_sent_to_it_lately(house, real_now, smtp, program):  # noqa: F811
    for days in (2, 2, 30):
        sent = house.complaint(now=real_now - timedelta(days=days))
        Clock.objects.filter(complaint=sent).exclude(kind=ClockKind.RESOLUTION).delete()
        at = real_now - timedelta(days=days)
        Clock.objects.filter(complaint=sent).update(
            warned=80, warn_50_at=at, warn_80_at=at, due_at=at, next_at=at
        )
        Complaint.objects.filter(pk=sent.pk).update(tier=3)
        services.sweep_clocks(now=at)
        delivery.drain(now=at)
    answer = program(house.administrator).send(BOUNCES, {"recipient": "2001@example.org"})
    assert answer.json() == {"noted": 2}
    services.retell(now=real_now)
    assert [whom for _mark, _number, whom in attempts()] == ["3001", "3001"]


def test_a_copy_that_comes_back_is_noted_and_moves_nothing(house, breached, smtp, program):  # noqa: F811
    tell()
    report = {"message_id": smtp.mails[-1]["Message-ID"], "recipient": "1001@example.org"}
    assert program(house.administrator).send(BOUNCES, report).json() == {"noted": 1}
    tell()
    assert (attempts(), told_in_app(), answering(breached)) == ([], [], ("2001", 1))
    assert "1001@example.org" in Message.objects.get().error


@pytest.mark.parametrize(
    ("report", "field"),
    [
        ({}, "message_id"),
        ({"message_id": "<1.nothing@elsewhere>"}, "message_id"),
        ({"message_id": "nonsense"}, "message_id"),
        ({"recipient": "nobody@example.org"}, "recipient"),
        ({"recipient": "no address"}, "recipient"),
    ],
)
def test_a_report_that_means_no_mail_of_ours_names_the_field(house, program, report, field):  # noqa: F811
    answer = program(house.administrator).send(BOUNCES, report)
    status, _code, named = error_of(answer)
    assert (status, named) == (400, field)


def test_an_address_that_the_mail_did_not_go_to_is_refused(house, breached, smtp, program):  # noqa: F811
    tell()
    report = {"message_id": smtp.mails[-1]["Message-ID"], "recipient": "3001@example.org"}
    assert error_of(program(house.administrator).send(BOUNCES, report)) == (400, "unknown", "recipient")


def test_only_administrators_with_the_scope_report_bounces(house, program):  # noqa: F811
    report = {"recipient": "2001@example.org"}
    assert error_of(program(house.supervisor).send(BOUNCES, report))[:2] == (403, "not_allowed")
    answer = program(house.administrator, scopes=["complaints:read"]).send(BOUNCES, report)
    assert error_of(answer)[:2] == (403, "missing_scope")


def test_what_has_ended_or_was_escalated_since_is_told_to_nobody_else(house, breached, smtp, now):
    services.sweep_clocks(now=FRIDAY_CLOSE)
    monday = FRIDAY_CLOSE + timedelta(days=3)
    services.sweep_clocks(now=monday)
    smtp.refused["2001@example.org"] = NOBODY
    delivery.drain(now=monday)
    assert services.retell(now=monday) == 1
    assert (attempts(), answering(breached)) == ([], ("3001", 2)), "whoever was told later stands above"
    smtp.refused["3001@example.org"] = NOBODY
    Message.objects.filter(state="sent").update(state="queued", lease_until=None)
    delivery.drain(now=monday)
    Clock.objects.update(stopped_at=monday, next_at=None)
    assert services.retell(now=monday) == 1
    assert attempts() == []


def test_a_warning_that_does_not_reach_the_handler_goes_to_their_stand_in_alone(house, now, smtp):
    complaint = house.complaint(now=now)
    clock = complaint.clocks.get(kind=ClockKind.RESOLUTION)
    complaint.clocks.exclude(pk=clock.pk).delete()
    smtp.refused["1001@example.org"] = NOBODY
    tell(clock.warn_50_at)
    assert (attempts(), answering(complaint)) == ([], ("1001", 0))
    assert told_in_app() == ["1001", "9001"]


def test_a_joining_manager_who_is_not_reached_is_followed_by_the_next_level(house, now, smtp):
    complaint = house.complaint(now=now)
    same_day = complaint.clocks.get(kind=ClockKind.SAME_DAY)
    complaint.clocks.exclude(pk=same_day.pk).delete()
    Clock.objects.update(warned=80, next_at=same_day.due_at)
    smtp.refused["2001@example.org"] = NOBODY
    tell(same_day.due_at)
    assert attempts() == [(100, 2, "3001")]
    assert sorted(complaint.participants.values_list("person__work_number", flat=True)) == ["2001", "3001"]
    assert answering(complaint) == ("1001", 0), "only the deadline itself hands it over"


def test_whoever_was_told_in_an_attempt_may_see_the_complaint(house, breached, smtp):
    other = house.person("2002", Role.TEAM_LEAD, superior=house.service_manager)
    people.set_superior(
        actor=SYSTEM, person=house.regional, superior=other, since=FRIDAY_CLOSE.date(), now=FRIDAY_CLOSE
    )
    smtp.refused |= {"2001@example.org": NOBODY, "2002@example.org": NOBODY}
    tell()
    assert answering(breached)[0] == "3001"
    assert Complaint.objects.visible_to(User.objects.get(pk=other.pk)).exists()


def test_four_at_once_go_on_exactly_once(committed_house, now, smtp):
    house = committed_house
    for _one in range(12):
        house.complaint(now=now)
    Clock.objects.exclude(kind=ClockKind.RESOLUTION).delete()
    Clock.objects.update(warned=80, next_at=FRIDAY_CLOSE)
    smtp.refused["2001@example.org"] = NOBODY
    services.sweep_clocks(now=FRIDAY_CLOSE)
    delivery.drain(now=FRIDAY_CLOSE)
    start, done = Barrier(4), []

    def go_on() -> None:
        start.wait()
        done.append(services.retell(now=FRIDAY_CLOSE, batch=2))
        connection.close()

    threads = [Thread(target=go_on) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == Attempt.objects.count() == 12
    assert Message.objects.filter(channel=Channel.EMAIL, state="queued").count() == 12
    assert Entry.objects.filter(action="complaint.retold").count() == 12


def test_going_on_costs_the_same_number_of_statements_for_one_and_for_many(
    house, now, smtp, django_assert_max_num_queries
):
    smtp.refused["2001@example.org"] = NOBODY
    for _one in range(20):
        house.complaint(now=now)
    Clock.objects.exclude(kind=ClockKind.RESOLUTION).delete()
    Clock.objects.update(warned=80, next_at=FRIDAY_CLOSE)
    services.sweep_clocks(now=FRIDAY_CLOSE)
    delivery.drain(now=FRIDAY_CLOSE)
    with django_assert_max_num_queries(30):
        assert services.retell(now=FRIDAY_CLOSE) == 20
    with django_assert_max_num_queries(4):
        assert services.retell(now=timezone.now()) == 0
