"""Balances: granted, carried over, lost, corrected; each once, however often and by however many it is run."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from agents.models import Contract, Employment
from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from shifts import balance
from shifts.balance import Balance
from shifts.enums import EntryKind
from shifts.models import LeaveEntry, LeaveType
from shifts.selectors.balances import balances, left
from shifts.services import balances as services
from shifts.services import leave as course
from shifts.services.leave_types import save_leave_type
from tests.house import MADE
from tests.shifts.leave.conftest import HOUR, at

NEW_YEAR = datetime(2027, 1, 1, 12, tzinfo=UTC)
APRIL = datetime(2027, 4, 1, 12, tzinfo=UTC)


def entries(person, kind: EntryKind, year: int) -> list[float]:
    rows = LeaveEntry.objects.filter(person=person, kind=kind, year=year)
    return [minutes / HOUR for minutes in rows.values_list("minutes", flat=True)]


def of(person, kind, year, now) -> Balance:
    return balances(person, [year], now=now, kinds=[kind])[kind, year]


def test_everybody_is_granted_once_and_whoever_is_new_later(office):
    first = services.grant_year(year=2026, now=office.now)
    assert first == type(office.agent).objects.filter(is_active=True).count()
    assert services.grant_year(year=2026, now=office.now) == 0
    office.house.person("20499", Role.AGENT)
    assert services.grant_year(year=2026, now=office.now) == 1
    assert entries(office.agent, EntryKind.GRANT, 2026) == [80]


def test_a_grant_follows_contract_and_begin_of_employment(office):
    Contract.objects.create(
        person=office.agent, period=DateRange(MADE.date(), None), weekly_minutes=20 * HOUR
    )
    Employment.objects.create(person=office.house.colleague, period=DateRange(date(2026, 7, 2), None))
    Employment.objects.create(person=office.lead, period=DateRange(date(2027, 1, 1), None))
    services.grant_year(year=2026, now=office.now)
    assert entries(office.agent, EntryKind.GRANT, 2026) == [40]
    assert entries(office.house.colleague, EntryKind.GRANT, 2026) == [40.5]
    assert entries(office.lead, EntryKind.GRANT, 2026) == []


def test_what_is_left_is_carried_over_once_up_to_the_limit(office):
    office.approve(office.ask(at(date(2026, 11, 23)), at(date(2026, 11, 24), 24)))
    services.grant_year(year=2026, now=office.now)
    assert services.carry_over(now=NEW_YEAR - timedelta(seconds=1)) == 0
    assert services.carry_over(now=NEW_YEAR) > 0
    assert services.carry_over(now=NEW_YEAR) == 0
    assert entries(office.agent, EntryKind.CARRY, 2027) == [16]


def test_what_was_carried_over_is_used_first_and_the_rest_is_lost(office):
    services.grant_year(year=2026, now=office.now)
    services.tend(now=NEW_YEAR)
    office.approve(office.ask(at(date(2027, 2, 1)), at(date(2027, 2, 1), 24), now=NEW_YEAR), now=NEW_YEAR)
    assert of(office.agent, office.annual, 2027, NEW_YEAR).left_for(late=False) == 87 * HOUR
    assert of(office.agent, office.annual, 2027, NEW_YEAR).left_for(late=True) == 80 * HOUR
    assert services.expire(now=APRIL - timedelta(seconds=1)) == 0
    assert services.expire(now=APRIL) > 0
    assert services.expire(now=APRIL) == 0
    assert entries(office.agent, EntryKind.EXPIRY, 2027) == [-7]
    assert left(office.agent, office.annual, 2027, now=APRIL) == 80 * HOUR


def test_leave_after_its_end_cannot_be_promised_out_of_what_was_carried_over(office):
    services.grant_year(year=2026, now=office.now)
    services.tend(now=NEW_YEAR)
    LeaveType.objects.update(yearly_minutes=0)
    LeaveEntry.objects.filter(year=2027, kind=EntryKind.GRANT).update(minutes=8 * HOUR)
    with pytest.raises(DomainError) as refusal:
        office.ask(at(date(2027, 6, 1)), at(date(2027, 6, 1), 24), now=NEW_YEAR)
    assert (refusal.value.code, "1 hours" in refusal.value.message) == ("balance", True)
    office.ask(at(date(2027, 3, 31)), at(date(2027, 3, 31), 24), now=NEW_YEAR)


minutes = st.integers(0, 100).map(lambda halves: halves * 30)


@given(granted=minutes, carried=minutes, early=minutes, late=minutes, more=minutes, is_late=st.booleans())
def test_what_may_be_asked_for_never_makes_a_balance_negative_when_the_carry_ends(
    granted, carried, early, late, more, is_late
):
    before = Balance(granted=granted, carried=carried, early=early, late=late)
    if before.left_for(late=False) < 0 or before.left_for(late=True) < 0:
        return
    if more > before.left_for(late=is_late):
        return
    after = Balance(
        granted=granted,
        carried=carried,
        early=early + more * (not is_late),
        late=late + more * is_late,
    )
    ended = Balance(
        granted=granted, carried=carried, expired=after.unused_carry, early=after.early, late=after.late
    )
    assert after.left >= 0
    assert ended.left >= 0


@given(st.integers(0, 12 * 60), st.integers(60, 60 * 60), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_grant_is_made_of_half_hours_and_never_more_than_a_whole_years(yearly, weekly, begins):
    got = balance.grant(yearly, weekly=weekly, employed_from=begins, year=2026)
    assert got % 30 == 0
    assert 0 <= got < yearly * weekly / balance.FULL_WEEK + 30


def test_a_correction_needs_a_reason_and_is_on_record(office):
    given = {"actor": office.filer, "person": office.agent, "type": office.annual, "year": 2026}
    with pytest.raises(DomainError) as refusal:
        services.correct_balance(**given, minutes=60, note=" ", now=office.now)
    assert refusal.value.field == "note"
    services.correct_balance(**given, minutes=-90, note="Counted twice", now=office.now)
    assert left(office.agent, office.annual, 2026, now=office.now) == 80 * HOUR - 90
    assert Entry.objects.get(action="leave_balance.corrected").details["minutes"] == -90
    with pytest.raises(NotAllowed):
        services.correct_balance(**given | {"person": office.filer}, minutes=60, note="Mine", now=office.now)
    with pytest.raises(NotAllowed):
        services.correct_balance(**given | {"actor": office.lead}, minutes=60, note="So", now=office.now)


def test_opening_balances_say_what_is_left_and_a_second_time_change_nothing(office):
    rows = [(services.Opening(2, "20401", office.annual, 2026, 36 * HOUR), office.agent)]
    assert services.open_balances(actor=office.filer, rows=rows, now=office.now) == [2]
    assert services.open_balances(actor=office.filer, rows=rows, now=office.now) == []
    assert left(office.agent, office.annual, 2026, now=office.now) == 36 * HOUR
    assert services.grant_year(year=2026, now=office.now, people=[office.agent.pk]) == 0


def test_types_are_kept_by_general_affairs_and_a_code_names_one(office):
    facts = {
        "code": "study",
        "name": "Study leave",
        "is_limited": True,
        "yearly_minutes": 600,
        "carry_minutes": 0,
        "carry_until_month": 3,
        "is_active": True,
    }
    kind = save_leave_type(actor=office.filer, facts=facts, now=office.now)
    with pytest.raises(Conflict) as refusal:
        save_leave_type(actor=office.filer, facts=facts | {"name": "Other"}, now=office.now)
    assert refusal.value.field == "code"
    save_leave_type(actor=office.filer, type_id=kind.pk, facts=facts | {"is_active": False}, now=office.now)
    assert Entry.objects.get(action="leave_type.changed").details["new"]["is_active"] is False
    with pytest.raises(NotAllowed):
        save_leave_type(actor=office.lead, facts=facts, now=office.now)
    kind.refresh_from_db()
    with pytest.raises(DomainError) as no_longer:
        office.ask(at(date(2026, 11, 23), 9), at(date(2026, 11, 23), 10), type=kind)
    assert no_longer.value.field == "type"


def test_the_sweep_and_the_people_cost_the_same_number_of_statements(office, django_assert_max_num_queries):
    for number in range(12):
        office.house.person(f"6{number:04}", Role.AGENT)
    with django_assert_max_num_queries(16):
        services.tend(now=office.now)


def test_withdrawing_moves_back_exactly_what_was_held(office):
    leave = office.ask(at(date(2026, 12, 31)), at(date(2027, 1, 4), 24))
    course.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=office.now)
    assert sorted(leave.entries.values_list("year", "minutes")) == [
        (2026, -540),
        (2026, 540),
        (2027, -540),
        (2027, 540),
    ]
