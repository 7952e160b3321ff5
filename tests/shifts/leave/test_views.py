"""The pages of leave: who opens them, what they show and cost, what happens to wrong input."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from agents.models import PersonSkill, Skill
from shifts.enums import LeaveState, Origin
from shifts.models import Leave, LeaveEntry, LeaveType, Peak, Requirement
from shifts.services import balances
from shifts.services import leave as services
from tests.pages import LIST_PART
from tests.shifts.conftest import Desk
from tests.shifts.leave.conftest import HOUR, Office, at

LIST, NEW, FILE = (reverse(f"shifts:{name}") for name in ("leave_list", "new_leave", "file_leave"))
FORESEE = reverse("shifts:foresee_leave")


@pytest.fixture
def today(house):
    """Return a working day well ahead: pages read the clock of the machine."""
    day = house.agent.today + timedelta(days=30)
    return day - timedelta(days=day.weekday())


@pytest.fixture
def office(house, today) -> Office:
    """Return an office whose clock is that of the machine, and whose peak lies a week after `today`."""
    office = Office(house, timezone.now())
    first = today + timedelta(days=7)
    Peak.objects.filter(pk=office.peak.pk).update(period=DateRange(first, first + timedelta(days=3)))
    return office


def typed(office, day, since="09:00", until="12:00", **more) -> dict[str, str]:
    given = {"type": office.annual.pk, "starts_at_0": day, "starts_at_1": since, "reason": ""}
    return given | {"ends_at_0": day, "ends_at_1": until} | more


def deed(leave, name: str) -> str:
    return reverse("shifts:leave_deed", args=[leave.pk, name])


def test_an_agent_asks_in_the_panel_and_sees_the_request(office, sign_in, today):
    client = sign_in(office.agent)
    panel = client.get(NEW, headers={"HX-Request": "true", "HX-Target": "panel"})
    assert b"Ask for leave" in panel.content
    page = client.post(NEW, typed(office, today), follow=True)
    leave = Leave.objects.get()
    assert (leave.starts_at, leave.ends_at) == (at(today, 9), at(today, 12))
    assert page.redirect_chain[-1][0] == leave.get_absolute_url()
    assert "Asked for; whoever decides is told." in page.content.decode()
    assert [name for name, _deed, _why in page.context["deeds"]] == ["withdraw"]


def test_an_end_at_midnight_is_24_00(office, sign_in, today):
    sign_in(office.agent).post(NEW, typed(office, today, "16:00", "24:00"))
    assert Leave.objects.get().ends_at == at(today, 24)


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"ends_at_1": "09:00"}, "ends_at", 400),
        ({"starts_at_1": "09:10"}, "starts_at", 422),
        ({"starts_at_0": "soon"}, "starts_at", 422),
        ({"type": "0"}, "type", 422),
        ({"starts_at_0": "2026-01-05", "ends_at_0": "2026-01-05"}, "starts_at", 400),
    ],
)
def test_a_wrong_request_names_its_field_and_keeps_what_was_typed(
    office, sign_in, today, wrong, field, status
):
    answer = sign_in(office.agent).post(NEW, typed(office, today, reason="A wedding") | wrong)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert "A wedding" in answer.content.decode()
    assert not Leave.objects.exists()


def test_what_is_typed_is_answered_at_once_hours_balance_peak_and_clash(office, sign_in, today):
    client = sign_in(office.agent)
    said = client.get(FORESEE, typed(office, today)).content.decode()
    assert "<b>3 hours</b>" in said
    assert f"77 hours of {today.year} would be left" in said
    peak = client.get(FORESEE, typed(office, today + timedelta(days=7))).content.decode()
    assert "Leave is blocked in a peak period: Filing days" in " ".join(peak.split())
    client.post(NEW, typed(office, today))
    assert "lies in this time already" in client.get(FORESEE, typed(office, today)).content.decode()
    assert client.get(FORESEE).status_code == 200
    assert client.get(FORESEE, {"type": "x", "starts_at_0": "0"}).status_code == 200


def test_the_lead_sees_what_it_does_to_cover_and_approves(office, sign_in, today):
    desk = Desk(office.house, office.now)
    roster = desk.roster(today, 7)
    desk.shift(office.agent, today)
    desk.publish(roster)
    Requirement.objects.create(
        site=office.house.site, starts_at=at(today, 9.5), heads=1, origin=Origin.ENTERED
    )
    leave = office.ask(at(today, 9), at(today, 11))
    client = sign_in(office.lead)
    page = client.get(leave.get_absolute_url()).content.decode()
    assert "1 half hour would fall below its required heads." in page
    answer = client.post(deed(leave, "approve"), {"decision": "Enjoy it."})
    assert answer["Location"] == leave.get_absolute_url()
    leave.refresh_from_db()
    assert (leave.state, leave.decision) == (LeaveState.APPROVED, "Enjoy it.")


def test_in_a_peak_period_the_approval_asks_for_the_reason(office, sign_in, today):
    day = today + timedelta(days=8)
    leave = office.ask(at(day, 9), at(day, 11), reason="A wedding")
    client = sign_in(office.lead)
    assert b"Why an exception in the peak period" in client.get(deed(leave, "approve")).content
    assert client.post(deed(leave, "approve"), {}).status_code == 422
    client.post(deed(leave, "approve"), {"override_reason": "A wedding"})
    leave.refresh_from_db()
    assert leave.override_reason == "A wedding"


def test_general_affairs_file_many_at_once(office, sign_in, today):
    leaves = [office.approve(office.ask(at(today, hour), at(today, hour + 1))) for hour in (9, 10, 13)]
    client = sign_in(office.filer)
    assert client.get(LIST).context["list"].counts["to_file"] == 3
    page = client.post(FILE, {"pick": [leave.pk for leave in leaves]}, follow=True)
    assert "3 leaves are filed." in page.content.decode()
    assert set(Leave.objects.values_list("state", flat=True)) == {LeaveState.FILED}


@pytest.mark.parametrize(
    ("who", "views"),
    [
        ("agent", ["mine"]),
        ("lead", ["waiting", "ahead", "mine", "all"]),
        ("supervisor", ["waiting", "ahead", "mine", "all"]),
        ("filer", ["to_file", "ahead", "mine", "all"]),
    ],
)
def test_the_list_has_the_views_that_concern_the_person(office, sign_in, who, views):
    person = office.filer if who == "filer" else getattr(office.house, who)
    shown = sign_in(person).get(LIST).context["list"].data_list.views_for(person)
    assert [view.key for view in shown] == views


def test_nobody_opens_what_is_not_theirs(office, sign_in, today):
    leave = office.ask(at(today, 9), at(today, 11))
    for person in (office.house.colleague, office.house.administrator):
        client = sign_in(person)
        assert client.get(leave.get_absolute_url()).status_code == 404
        assert client.post(deed(leave, "approve")).status_code == 404
    client = sign_in(office.agent)
    assert client.post(deed(leave, "approve")).status_code == 403
    for name in ("correct_balance", "leave_types", "new_leave_type", "leave_calendar"):
        assert client.get(reverse(f"shifts:{name}")).status_code == 403
    assert client.get(deed(leave, "nonsense")).status_code == 404


def test_the_agent_withdraws(office, sign_in, today):
    leave = office.approve(office.ask(at(today, 9), at(today, 11)))
    page = sign_in(office.agent).post(deed(leave, "withdraw"), follow=True).content.decode()
    assert "Withdrawn; the hours are back in your balance." in page


def test_balances_and_movements_are_listed_narrowed_and_exported(office, sign_in, today):
    balances.grant_year(year=office.agent.today.year, now=office.now)
    office.ask(at(today, 9), at(today, 12))
    client = sign_in(office.filer)
    page = client.get(reverse("shifts:balances"), {"person": "20401", "view": "all", "sort": "-left"})
    rows = {row.year: row for row in page.context["list"].page.rows}
    assert rows[today.year].left == 77 * HOUR
    sheet = client.get(reverse("shifts:balances"), {"person": "20401", "view": "all", "export": "csv"})
    assert b"20401" in b"".join(sheet.streaming_content)
    moved = client.get(reverse("shifts:ledger"), {"person": "20401", "kind": "hold"})
    assert [row.minutes for row in moved.context["list"].page.rows] == [-3 * HOUR]
    sign_in(office.house.colleague)
    assert not client.get(reverse("shifts:ledger"), {"person": "20401"}).context["list"].page.rows


def test_a_balance_is_corrected_in_hours(office, sign_in):
    client, year = sign_in(office.filer), office.agent.today.year
    given = {"person": "20401", "type": office.annual.pk, "year": year, "minutes": "-1.5", "note": "Twice"}
    client.post(reverse("shifts:correct_balance"), given)
    assert LeaveEntry.objects.get(note="Twice").minutes == -90
    answer = client.post(reverse("shifts:correct_balance"), given | {"minutes": "0"})
    assert list(answer.context["form"].errors) == ["minutes"]


def test_a_type_is_made_and_changed(office, sign_in):
    client = sign_in(office.filer)
    given = {"code": "study", "name": "Study", "is_limited": "on", "yearly_minutes": "37.5"}
    given |= {"carry_minutes": "0", "carry_until_month": "3", "is_active": "on"}
    client.post(reverse("shifts:new_leave_type"), given)
    kind = LeaveType.objects.get(code="study")
    assert kind.yearly_minutes == 2250
    assert b'value="37.5"' in client.get(reverse("shifts:leave_type", args=[kind.pk])).content
    answer = client.post(reverse("shifts:new_leave_type"), given | {"code": "annual"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["code"])


def test_the_calendar_shows_a_teams_month(office, sign_in, today):
    office.approve(office.ask(at(today, 9), at(today + timedelta(days=1), 12)))
    client = sign_in(office.lead)
    page = client.get(reverse("shifts:leave_calendar"), {"month": f"{today:%Y-%m}"})
    line = next(line for line in page.context["lines"] if line.person == office.agent)
    assert line.days[today.day - 1].state == LeaveState.APPROVED
    assert page.context["days"][today.day - 1].away == 1
    assert client.get(reverse("shifts:leave_calendar"), {"month": "soon"}).status_code == 400


@pytest.mark.parametrize("count", [1, 8])
def test_the_number_of_queries_does_not_grow(
    office, sign_in, today, count, django_assert_num_queries, django_assert_max_num_queries
):
    for number in range(count):
        services.request_leave(
            actor=office.agent,
            person=office.agent,
            type=office.sick,
            starts_at=at(today + timedelta(days=number // 2), 9 + number % 2),
            ends_at=at(today + timedelta(days=number // 2), 10 + number % 2),
            now=office.now,
        )
    balances.grant_year(year=office.agent.today.year, now=office.now)
    client = sign_in(office.lead)
    for name, queries in (("leave_list", 7), ("balances", 7), ("ledger", 6)):
        with django_assert_num_queries(queries):
            client.get(reverse(f"shifts:{name}"), headers=LIST_PART)
    with django_assert_max_num_queries(22):
        client.get(reverse("shifts:leave_calendar"), {"month": f"{today:%Y-%m}"}, headers=LIST_PART)


def test_a_skill_is_named_in_what_it_does_to_cover(office, sign_in, today):
    desk = Desk(office.house, office.now)
    skill = Skill.objects.get(code="billing")
    PersonSkill.objects.create(person=office.agent, skill=skill, period=DateRange(today, None))
    roster = desk.roster(today, 7)
    desk.shift(office.agent, today, skill=skill)
    desk.publish(roster)
    need = {"site": office.house.site, "skill": skill, "heads": 1, "origin": Origin.ENTERED}
    Requirement.objects.create(starts_at=at(today, 9), **need)
    leave = office.ask(at(today, 9), at(today, 11))
    assert "Billing" in sign_in(office.lead).get(leave.get_absolute_url()).content.decode()
