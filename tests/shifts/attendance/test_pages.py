"""Pages of the own roster, attendance and corrections."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from shifts.enums import PunchKind
from shifts.models import Attendance, Correction, Punch
from shifts.selectors import mine
from shifts.services import attendance
from tests.pages import LIST_PART
from tests.shifts.attendance.conftest import MONDAY, at

OVER = MONDAY - timedelta(days=7)


@pytest.fixture
def today(desk):
    """Return a published shift of today, from two hours ago for eight hours."""
    day = timezone.localdate()
    roster = desk.roster(day - timedelta(days=day.weekday()), 14)
    shift = desk.shift(desk.house.agent, day)
    begin = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    shift.starts_at, shift.ends_at = begin, begin + timedelta(hours=8)
    shift.breaks.all().delete()
    shift.save()
    desk.publish(roster)
    shift.refresh_from_db()
    return shift


def test_an_agent_sees_today_and_clocks_in(desk, today, sign_in):
    client = sign_in(desk.house.agent)
    page = client.get("/roster/mine/").content.decode()
    assert "Ends in" in page
    assert "Clock in" in page
    answer = client.post("/roster/clock/", {"kind": "in"}, follow=True)
    assert "Clocked in at" in answer.content.decode()
    assert "Clock out" in answer.content.decode()
    assert Punch.objects.get().person == desk.house.agent
    again = client.post("/roster/clock/", {"kind": "in"}, follow=True)
    assert "already" in again.content.decode()
    assert client.post("/roster/clock/", {"kind": "sideways"}).status_code == 400


def test_a_night_that_goes_on_after_midnight_is_still_what_the_clock_is_about(desk, sign_in, monkeypatch):
    agent, roster = desk.house.agent, desk.roster(MONDAY)
    night = desk.shift(agent, MONDAY)
    night.breaks.all().delete()
    night.starts_at, night.ends_at = at(22), at(22) + timedelta(hours=8)
    night.save()
    desk.publish(roster)
    client = sign_in(agent)
    monkeypatch.setattr(timezone, "now", lambda: at(22) + timedelta(hours=3))
    asking = f"/roster/mine/{night.pk}/correct/"
    today = client.get("/roster/mine/").content.decode().split('id="today"')[1].split("</section>")[0]
    assert "22:00–06:00" in today
    assert asking in today
    asked = {"came_at": "2026-11-23T22:00", "reason": "The gate was shut."}
    assert client.post(asking, asked).status_code == 302
    today = client.get("/roster/mine/").content.decode().split('id="today"')[1].split("</section>")[0]
    assert "Asked for" in today


def test_week_and_month_of_the_own_roster_and_nonsense_in_the_address(
    desk, sign_in, django_assert_num_queries
):
    roster = desk.roster(OVER)
    desk.shift(desk.house.agent, OVER)
    desk.publish(roster)
    with django_assert_num_queries(6):
        mine.days(desk.house.agent, OVER, OVER + timedelta(days=42), at(9))
    client = sign_in(desk.house.agent)
    week = client.get(f"/roster/mine/?week={OVER}").content.decode()
    assert "09:00–17:00" in week
    month = client.get("/roster/mine/?month=2026-11").content.decode()
    assert "D" in month
    assert client.get("/roster/mine/?week=nonsense").status_code == 400
    assert client.get("/roster/mine/?month=2026-13").status_code == 400


@pytest.mark.parametrize("later", [0, 3, 6])
def test_every_day_of_the_week_leads_to_itself_below_those_that_are_over_too(
    desk, sign_in, monkeypatch, later
):
    roster = desk.roster(MONDAY)
    for number in (0, 3):
        desk.shift(desk.house.agent, MONDAY + timedelta(days=number))
    desk.publish(roster)
    client = sign_in(desk.house.agent)
    monkeypatch.setattr(timezone, "now", lambda: at(10) + timedelta(days=later))
    page = client.get("/roster/mine/").content.decode()
    days = re.findall(r'href="#(\w[\w-]*)"', page.split('class="mine-days"')[1].split("</nav>")[0])
    assert len(days) == 7
    assert all(page.count(f'id="{day}"') == 1 for day in days)
    assert ("Earlier this week" in page) == bool(later)


def test_a_draft_is_nobodys_to_see(desk, sign_in):
    roster = desk.roster(MONDAY)
    desk.shift(desk.house.agent, MONDAY)
    page = sign_in(desk.house.agent).get(f"/roster/mine/?week={MONDAY}").content.decode()
    assert "09:00–17:00" not in page
    assert roster.state == "draft"


def test_a_correction_goes_from_the_agent_to_the_lead(desk, today, sign_in):
    client = sign_in(desk.house.agent)
    came = timezone.localtime(today.starts_at).strftime("%Y-%m-%dT%H:%M")
    wrong = client.post(f"/roster/mine/{today.pk}/correct/", {"came_at": came, "left_at": "", "reason": ""})
    assert wrong.status_code == 422
    typed = {"came_at": came, "left_at": "", "reason": "The gate was shut."}
    assert client.post(f"/roster/mine/{today.pk}/correct/", typed).status_code == 302
    correction = Correction.objects.get()
    assert sign_in(desk.house.colleague).get(f"/roster/corrections/{correction.pk}/").status_code == 404
    lead = sign_in(desk.house.lead)
    assert "Person 20401" in lead.get("/roster/corrections/").content.decode()
    assert "The gate was shut." in lead.get(f"/roster/corrections/{correction.pk}/").content.decode()
    assert lead.post(f"/roster/corrections/{correction.pk}/approve/", {"decision": ""}).status_code == 302
    assert Attendance.objects.get().came_at == today.starts_at


def test_nobody_approves_their_own_and_another_ones_shift_is_not_there(desk, today, sign_in):
    typed = {"came_at": "", "left_at": "", "reason": "x"}
    client = sign_in(desk.house.colleague)
    assert client.post(f"/roster/mine/{today.pk}/correct/", typed).status_code == 404
    correction = attendance.ask_correction(
        actor=desk.house.agent,
        shift_id=today.pk,
        came_at=today.starts_at,
        left_at=None,
        reason="x",
        now=timezone.now(),
    )
    agent = sign_in(desk.house.agent)
    assert agent.post(f"/roster/corrections/{correction.pk}/approve/", {}).status_code == 403
    assert agent.post(f"/roster/corrections/{correction.pk}/take-back/").status_code == 302
    assert not Correction.objects.exists()


@pytest.fixture
def attended(desk):
    """Return the attendance of six agents on a Monday that is over."""
    roster = desk.roster(OVER)
    for person in desk.agents:
        desk.shift(person, OVER)
    desk.publish(roster)
    for number, person in enumerate(desk.agents[:4]):
        attendance.clock(actor=person, kind=PunchKind.IN, now=at(9, number, day=OVER))
    attendance.sweep_attendance(now=at(18, day=OVER))
    return Attendance.objects.order_by("person__work_number")


@pytest.mark.parametrize("page", ["attendance", "adherence"])
def test_a_lead_reads_the_lists_in_as_many_queries_for_one_as_for_many(
    desk, attended, sign_in, page, django_assert_num_queries
):
    client = sign_in(desk.house.lead)
    address = f"/roster/{page}/?view=all"
    client.get(address)
    # Adherence reads what was planned and what was done beside the rows.
    with django_assert_num_queries(4 if page == "attendance" else 6):
        shown = client.get(address, headers=LIST_PART).content.decode()
    assert shown.count("data-row") or shown.count("<tr") >= 6
    assert client.get(f"{address}&export=csv").status_code == 200
    assert "Person 20411" not in sign_in(desk.house.colleague).get(address).content.decode()


def test_the_page_of_a_day_lists_the_marks_of_the_clock_and_says_if_there_are_none(desk, attended, sign_in):
    client = sign_in(desk.house.lead)
    came, absent = (client.get(row.get_absolute_url()).content.decode() for row in (attended[0], attended[5]))
    assert "<dt>09:00:00</dt>" in came
    # A list of facts without a fact would be read aloud as a broken list.
    assert '<p class="say">None</p>' in absent
    assert re.search(r"<dl[^>]*>\s*(<dd|</dl)", came + absent) is None


def test_a_day_a_month_and_the_totals_have_pages(desk, attended, sign_in):
    client = sign_in(desk.house.lead)
    row = attended[0]
    assert "Marks of the clock" in client.get(row.get_absolute_url()).content.decode()
    month = client.get(f"/roster/attendance/month/{row.person_id}/?month=2026-11").content.decode()
    assert row.get_absolute_url() in month
    assert client.get("/roster/attendance/month/").status_code == 200
    assert (
        client.get("/roster/adherence/totals/?since=2026-11-23&until=2026-11-23&by=person").status_code == 200
    )
    assert sign_in(desk.house.colleague).get(row.get_absolute_url()).status_code == 404
