"""The roster as a calendar: what is in it, and who gets it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from shifts.models import Feed
from shifts.services import feeds, occupying
from tests.shifts.attendance.conftest import MONDAY, at


@pytest.fixture
def address(desk, shift) -> str:
    """Return the address of the agent's calendar."""
    _feed, secret = feeds.make_feed(actor=desk.house.agent, now=timezone.now())
    return f"/roster/calendar/{secret}.ics"


def events(answer) -> dict[str, object]:
    """Return the events of a calendar by their UID, as icalendar reads them."""
    calendar = Calendar.from_ical(answer.content)
    assert not calendar.errors
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_shift_is_an_event_in_the_zone_of_the_site(client, desk, shift, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    ((uid, event),) = events(answer).items()
    assert uid.startswith(f"shift-{shift.pk}-{desk.house.agent.pk}@")
    assert (event.start, event.end) == (at(9), at(17))
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert str(event["summary"]) == "D Day"
    assert "Lunch 12:00–13:00" in str(event["description"])
    (zone,) = Calendar.from_ical(answer.content).walk("VTIMEZONE")
    assert zone.to_tz().utcoffset(datetime(2026, 11, 23)) == timedelta(hours=8)


def test_lines_are_as_the_standard_has_them(client, address):
    body = client.get(address).content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)
    for name in (b"VERSION:2.0", b"PRODID:", b"METHOD:PUBLISH"):
        assert any(line.startswith(name) for line in lines)


def test_a_changed_shift_keeps_its_uid_and_gets_a_higher_sequence(client, desk, shift, address):
    before = client.get(address)
    (uid, old) = next(iter(events(before).items()))
    assert client.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    shift.published_starts_at += timedelta(hours=1)
    shift.published_at += timedelta(days=1)
    shift.save()
    occupying.redraw([shift.pk])
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    new = events(after)[uid]
    assert new.start == at(10)
    assert new["sequence"] > old["sequence"]


def test_a_shift_that_is_taken_out_leaves_the_calendar(client, shift, address):
    shift.published_person = None
    shift.save()
    occupying.redraw([shift.pk])
    assert events(client.get(address)) == {}


def test_only_the_newest_address_opens_and_a_revoked_one_does_not(client, desk, address):
    _feed, secret = feeds.make_feed(actor=desk.house.agent, now=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(f"/roster/calendar/{secret}.ics").status_code == 200
    assert Feed.objects.get(revoked_at=None).read_at is not None
    feeds.revoke_feed(actor=desk.house.agent, now=timezone.now())
    assert client.get(f"/roster/calendar/{secret}.ics").status_code == 404
    assert secret.encode() not in b"".join(bytes(row.digest) for row in Feed.objects.all())


def test_who_has_left_is_read_by_nobody(client, desk, address):
    desk.house.agent.is_active = False
    desk.house.agent.save()
    assert client.get(address).status_code == 404


def test_an_address_is_looked_for_so_often_a_minute_and_no_more(client, address):
    answers = [client.get("/roster/calendar/guess.ics").status_code for _look in range(31)]
    assert answers == [404] * 30 + [429]


def test_the_page_shows_the_address_once(client, desk, shift, sign_in):
    client = sign_in(desk.house.agent)
    assert b"Make an address" in client.get("/roster/calendar/").content
    made = client.post("/roster/calendar/")
    assert ".ics" in made.content.decode()
    assert ".ics" not in client.get("/roster/calendar/").content.decode()
    assert client.post("/roster/calendar/revoke/").status_code == 302


def test_local_time_is_kept_where_clocks_are_turned(desk, shift):
    from shifts.calendar import roster_calendar  # noqa: PLC0415
    from shifts.selectors import mine  # noqa: PLC0415

    shifts = mine.shifts_of(desk.house.agent, MONDAY, MONDAY + timedelta(days=1))
    body = roster_calendar(
        name="x", person=1, host="h", zone=ZoneInfo("Europe/Berlin"), shifts=shifts, leave=[]
    )
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert event.start == at(9)
    assert b"TZNAME:CEST" in body
