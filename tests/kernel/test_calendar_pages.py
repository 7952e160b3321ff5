"""Calendars and policies on their pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.audit.models import Entry
from callcenter.ops import hours, selectors
from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, CalendarDay, Policy
from tests.factories.worktime import (
    OFFICE_WEEK,
    CalendarDayFactory,
    CalendarFactory,
    PolicyFactory,
    RoundTheClockFactory,
)

CALENDARS = reverse("ops:calendars")
NEW, NEW_POLICY = reverse("ops:new_calendar"), reverse("ops:new_policy")
THIS_YEAR = timezone.localdate().year


def page(calendar) -> str:
    return reverse("ops:calendar", args=[calendar.code])


def days(calendar) -> str:
    return reverse("ops:set_day", args=[calendar.code])


def remove(calendar, day: date) -> str:
    return reverse("ops:remove_day", args=[calendar.code, day.isoformat()])


def weekly(calendar) -> str:
    return reverse("ops:weekly_hours", args=[calendar.code])


def facts(**more):
    week = {day: hours.written(pieces) for day, pieces in OFFICE_WEEK.items()}
    return {
        "code": "HQ",
        "name": "Headquarters",
        "base": "china",
        "time_zone": "Asia/Shanghai",
        **week,
        **more,
    }


@pytest.fixture
def administrator(house, sign_in):
    """Return the client of an administrator."""
    return sign_in(house.administrator)


@pytest.fixture
def company(house):
    """Return a calendar without public holidays."""
    return CalendarFactory(code="company", name="Company", base=Base.NONE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", []),
        ("08:30–17:30", [["08:30", "17:30"]]),
        ("13:00-17:30; 8:30 - 12:00", [["08:30", "12:00"], ["13:00", "17:30"]]),
        ("08：30至12：00，13：00—17：30", [["08:30", "12:00"], ["13:00", "17:30"]]),
        ("00:00~24:00", [["00:00", "24:00"]]),
        ("9:00:30-10:00", [["09:00:30", "10:00"]]),
        ("09:00-12:00, 11:00-13:00", [["09:00", "13:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text, kept):
    assert hours.read(text) == kept
    assert hours.read(hours.written(kept)) == kept


def test_week_is_said_in_few_words():
    assert hours.in_words(OFFICE_WEEK) == "Mon–Fri 08:30–17:30"
    assert hours.in_words({**OFFICE_WEEK, "sat": [["09:00", "12:00"]]}).endswith(" · Sat 09:00–12:00")
    assert not hours.in_words({})


def test_every_page_and_every_change_is_refused_to_a_supervisor(house, sign_in, company):
    client, day = sign_in(house.supervisor), CalendarDayFactory(calendar=company)
    for address in (CALENDARS, NEW, NEW_POLICY, page(company), weekly(company)):
        assert client.get(address).status_code == 403
    typed = {"day": "2026-03-05", "kind": "holiday", **facts(), "amount": "3", "unit": "days"}
    policy = reverse("ops:policy", args=["two_working_days"])
    for address in (NEW, NEW_POLICY, weekly(company), days(company), remove(company, day.date), policy):
        assert client.post(address, typed).status_code == 403
    assert f'href="{CALENDARS}"' not in client.get("/").content.decode()
    assert list(CalendarDay.objects.all()) == [day]
    assert not Calendar.objects.filter(code="HQ").exists()
    assert Policy.objects.get(code="two_working_days").amount == 2


def test_list_shows_calendars_and_policies_in_words(administrator, company):
    CalendarFactory(name="Pier", parent=company)
    PolicyFactory(name="Ninety minutes", mode=Mode.WORKING_SECONDS, amount=5400, calendar=company)
    text = administrator.get(CALENDARS).content.decode()
    for words in ("Mon–Fri 08:30–17:30", "Pier", "Company", "2 working days", "1 h 30 min of business time"):
        assert words in text
    assert f'href="{CALENDARS}"' in administrator.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_many_as_for_one(administrator, django_assert_num_queries, count):
    for _number in range(count):
        PolicyFactory(calendar=CalendarFactory(parent=CalendarFactory()))
    administrator.get(CALENDARS)
    with django_assert_num_queries(5):
        administrator.get(CALENDARS)


def test_calendar_made_in_the_browser_has_its_hours_and_its_company(administrator, company):
    assert 'value="08:30–17:30"' in administrator.get(NEW).content.decode()
    typed = facts(parent=company.pk, sat="9:00-12:00", fri="")
    assert administrator.post(NEW, typed).url == CALENDARS
    made = Calendar.objects.get(code="HQ")
    assert made.parent == company
    assert made.weekly == {
        **{d: OFFICE_WEEK[d] for d in ("mon", "tue", "wed", "thu")},
        "sat": [["09:00", "12:00"]],
    }
    assert Entry.objects.filter(action="calendar.created").count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "status"),
    [
        ({"code": "CN"}, "code", 409),
        ({"code": "new"}, "code", 422),
        ({"code": "a/b"}, "code", 422),
        ({"code": ""}, "code", 422),
        ({"mon": "all day"}, "mon", 422),
        ({"mon": "17:30–08:30"}, "mon", 422),
        ({"mon": "08:30–25:00"}, "mon", 422),
        ({"time_zone": "Mars/Base"}, "time_zone", 422),
        ({"base": "mars"}, "base", 422),
    ],
)
def test_wrong_calendar_keeps_what_was_typed_and_is_not_made(administrator, typed, field, status):
    answer = administrator.post(NEW, facts(name="Typed before", **typed))
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Typed before"' in answer.content.decode()
    assert list(Calendar.objects.values_list("code", flat=True)) == ["CN"]


def test_weekly_hours_are_shown_as_they_are_and_changed(administrator, company):
    assert 'value="08:30–17:30"' in administrator.get(weekly(company)).content.decode()
    assert administrator.post(weekly(company), {"mon": "10:00–11:00"}).url == page(company)
    company.refresh_from_db()
    assert company.weekly == {"mon": [["10:00", "11:00"]]}


def test_wrong_weekly_hours_keep_what_was_typed_and_change_nothing(administrator, company):
    answer = administrator.post(weekly(company), {"mon": "10:00–11:00", "tue": "noon"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["tue"])
    assert 'value="noon"' in answer.content.decode()
    company.refresh_from_db()
    assert company.weekly == OFFICE_WEEK


def test_holiday_added_and_removed_in_the_browser_moves_the_next_due_date(administrator, company):
    address = f"{page(company)}?policy=two_working_days"

    def due() -> date:
        return timezone.localdate(administrator.get(address).context["preview"].due.at)

    before = due()
    assert administrator.post(days(company), {"day": before, "kind": "holiday"}).url == page(company)
    after = due()
    assert after > before
    assert administrator.post(remove(company, before)).url == page(company)
    assert due() == before
    actions = Entry.objects.filter(action__startswith="calendar.day").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["calendar.day_set", "calendar.day_removed"]


def test_exception_set_again_replaces_the_first(administrator, company):
    day = date(THIS_YEAR, 3, 4)
    administrator.post(days(company), {"day": day, "kind": "holiday"})
    typed = {"day": day, "kind": "override", "hours": "9:00-12:00", "note": "Stocktaking"}
    administrator.post(days(company), typed)
    found = company.days.get()
    assert (found.kind, found.hours, found.note) == (DayKind.OVERRIDE, [["09:00", "12:00"]], "Stocktaking")
    text = administrator.get(page(company)).content.decode()
    assert "Stocktaking" in text
    assert "09:00–12:00" in text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "someday"}, "day"),
        ({"day": "1969-12-31"}, "day"),
        ({"kind": "feast"}, "kind"),
        ({"hours": "09:00–12:00"}, "hours"),
        ({"kind": "override"}, "hours"),
        ({"kind": "override", "hours": "noon"}, "hours"),
    ],
)
def test_wrong_exception_keeps_what_was_typed_and_changes_nothing(administrator, company, typed, field):
    revision = company.revision
    answer = administrator.post(
        days(company), {"day": "2026-03-04", "kind": "holiday", "note": "Typed before", **typed}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Typed before"' in answer.content.decode()
    company.refresh_from_db()
    assert not company.days.exists()
    assert company.revision == revision


def test_public_holiday_does_not_open_by_hours_alone(administrator, house):
    chinese = CalendarFactory()
    typed = {"day": "2026-10-01", "kind": "override", "hours": "09:00–12:00"}
    answer = administrator.post(days(chinese), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["kind"])
    administrator.post(days(chinese), {**typed, "kind": "working"})
    assert chinese.days.get().kind == DayKind.WORKING


def test_company_exceptions_are_shown_at_the_site_which_may_have_its_own(administrator, company):
    site, shared, own = CalendarFactory(parent=company), date(THIS_YEAR, 3, 4), date(THIS_YEAR, 3, 5)
    for day in (shared, own):
        CalendarDayFactory(calendar=company, date=day)
    CalendarDayFactory(calendar=company, date=date(THIS_YEAR - 1, 3, 4))
    CalendarDayFactory(calendar=site, date=own, kind=DayKind.OVERRIDE, hours=[["09:00", "12:00"]])
    CalendarDayFactory(date=shared)
    answer = administrator.get(page(site))
    rows = [(row.day.date, row.own, row.replaced) for row in answer.context["rows"]]
    assert rows == [(shared, False, False), (own, False, True), (own, True, False)]
    text = answer.content.decode()
    assert remove(site, own) in text
    assert remove(site, shared) not in text


def test_built_in_calendar_is_shown_and_not_changed(administrator):
    built_in = Calendar.objects.get(code="CN")
    text = administrator.get(page(built_in)).content.decode()
    assert "cannot be changed" in text
    assert days(built_in) not in text
    assert administrator.post(days(built_in), {"day": "2026-03-04", "kind": "holiday"}).status_code == 409
    assert administrator.post(weekly(built_in), {"mon": "10:00–11:00"}).status_code == 409
    built_in.refresh_from_db()
    assert built_in.weekly == OFFICE_WEEK
    assert not built_in.days.exists()


def test_page_says_which_public_holidays_are_provisional(administrator, company):
    answer = administrator.get(page(Calendar.objects.get(code="CN")))
    years = answer.context["years"]
    assert f"Public holidays {THIS_YEAR + 1}" in answer.content.decode()
    assert ">1 Oct</span>" in answer.content.decode()
    assert [year.number for year in years] == [THIS_YEAR, THIS_YEAR + 1]
    assert all(year.published == bool(year.makeups) for year in years)
    assert date(THIS_YEAR + 1, 10, 1) in years[1].holidays
    assert administrator.get(page(company)).context["years"] == []


def test_preview_counts_the_policy_asked_for_and_says_when_it_never_ends(administrator):
    always, before = RoundTheClockFactory(), timezone.now()
    preview = administrator.get(f"{page(always)}?policy=thirty_working_minutes").context["preview"]
    assert timedelta(minutes=30) <= preview.due.at - before < timedelta(minutes=31)
    assert administrator.get(f"{page(always)}?policy=nonsense").context["preview"].policy.code
    answer = administrator.get(page(CalendarFactory(weekly={})))
    assert answer.context["preview"].due is None
    assert "no such working time" in answer.content.decode()
    assert selectors.preview(always, Policy.objects.none(), "", now=before) is None


def test_what_is_not_there_is_not_found(administrator, company):
    assert administrator.get(reverse("ops:calendar", args=["nowhere"])).status_code == 404
    assert administrator.get(reverse("ops:policy", args=["never"])).status_code == 404
    assert administrator.post(remove(company, date(2026, 3, 4))).status_code == 404
    assert administrator.post(reverse("ops:remove_day", args=["company", "someday"])).status_code == 400


def test_policy_is_made_and_changed_in_the_unit_that_fits(administrator, company):
    assert administrator.get(NEW_POLICY).status_code == 200
    typed = {"code": "reply", "name": "Reply", "amount": "3", "unit": "hours"}
    assert administrator.post(NEW_POLICY, typed).url == CALENDARS
    policy = Policy.objects.get(code="reply")
    assert (policy.mode, policy.amount, policy.calendar) == (Mode.WORKING_SECONDS, 3 * 3600, None)
    address = reverse("ops:policy", args=["reply"])
    assert administrator.get(address).context["form"].initial["unit"] == "hours"
    changed = {"name": "Answer", "amount": "1", "unit": "days", "calendar": company.pk}
    assert administrator.post(address, changed).url == CALENDARS
    policy.refresh_from_db()
    assert (policy.name, policy.mode, policy.amount) == ("Answer", Mode.WORKING_DAYS, 1)
    assert policy.calendar == company
    assert Entry.objects.filter(action="policy.set").count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "two_working_days"}, "code"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "many"}, "amount"),
        ({"amount": "2147483648", "unit": "days"}, "amount"),
        ({"amount": "596524"}, "amount"),
        ({"unit": "moons"}, "unit"),
        ({"calendar": "0"}, "calendar"),
    ],
)
def test_wrong_policy_keeps_what_was_typed_and_is_not_made(administrator, typed, field):
    before = list(Policy.objects.values())
    facts = {"code": "reply", "name": "Typed before", "amount": "3", "unit": "hours", **typed}
    answer = administrator.post(NEW_POLICY, facts)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'value="Typed before"' in answer.content.decode()
    assert list(Policy.objects.values()) == before
