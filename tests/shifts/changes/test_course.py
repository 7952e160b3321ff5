"""Swaps and other changes: who agrees, what stands against them, and that they take effect whole."""

from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import PersonSkill, User
from agents.services.absences import record_absence
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Message
from callcenter.place import Place
from callcenter.state import IllegalTransition
from shifts.enums import ChangeKind, ChangeState, LeaveState, OccupancyKind, Origin
from shifts.in_frame import waiting
from shifts.models import Change, Leave, LeaveType, Occupancy, Requirement, Shift, SiteRules
from shifts.moving import Times
from shifts.services import changes, occupying
from tests.dates import SINCE
from tests.shifts.conftest import MONDAY

HOUR = timedelta(hours=1)


def day(number: int) -> date:
    """Return a day of the published week, 0 is its Monday."""
    return MONDAY + timedelta(days=number)


def ask(desk, kind, shift, *, person=None, now=None, **facts) -> Change:
    person = person or desk.one
    now = now or desk.now
    return changes.ask_change(actor=person, person=person, kind=kind, shift_id=shift.pk, now=now, **facts)


def swap(desk, mine=1, theirs=1, **facts) -> Change:
    other = desk.shifts[desk.two, theirs].pk
    return ask(desk, ChangeKind.SWAP, desk.shifts[desk.one, mine], other_shift_id=other, **facts)


def approve(desk, change, *, actor=None, now=None, **facts) -> Change:
    return changes.approve_change(
        actor=actor or desk.house.lead, change_id=change.pk, now=now or desk.now, **facts
    )


def agreed(desk, **facts) -> Change:
    change = swap(desk, **facts)
    return changes.accept_change(actor=desk.two, change_id=change.pk, now=desk.now)


def works(person) -> set[tuple[date, int]]:
    """Return the days on which a person works by the occupancy, with the local hour of the begin."""
    pieces = Occupancy.objects.filter(person=person, kind=OccupancyKind.WORK).select_related("shift")
    return {(piece.shift.day, (piece.shift.published_starts_at.hour + 8) % 24) for piece in pieces}


def told(template: str) -> set[str]:
    """Return the numbers of those who were told something by mail."""
    rows = Message.objects.filter(template=f"shifts/notify/{template}", channel="email")
    return set(rows.values_list("recipient__work_number", flat=True))


def test_a_swap_waits_for_the_colleague_then_for_the_lead_then_for_who_files(week):
    def counts() -> list[int]:
        people = (week.one, week.two, week.house.lead, week.clerk)
        return [waiting(User.objects.get(pk=person.pk), Place(), week.now) for person in people]

    change = swap(week)
    assert counts() == [0, 1, 0, 0]
    changes.accept_change(actor=week.two, change_id=change.pk, now=week.now)
    assert counts() == [0, 0, 1, 0]
    approve(week, change)
    assert counts() == [0, 0, 0, 1]


def test_a_swap_changes_both_shifts_once_colleague_and_lead_agree_and_is_filed(week):
    change = swap(week, reason="My daughter's school")
    assert change.state == ChangeState.ASKED
    assert told("change_asked") == {week.two.work_number}
    changes.accept_change(actor=week.two, change_id=change.pk, now=week.now)
    assert told("change_to_decide") == {week.house.lead.work_number}
    assert told("change_accepted") == {week.one.work_number}
    assert (day(1), 9) in works(week.one)

    approve(week, change)
    assert works(week.one) - works(week.two) >= {(day(1), 13), (day(0), 9)}
    assert (day(1), 9) in works(week.two)
    assert told("change_approved") == {week.one.work_number, week.two.work_number}
    for shift in Shift.objects.filter(day=day(1), pattern__code__in="DL"):
        assert shift.person_id == shift.published_person_id

    clerk = week.clerk
    [filed] = changes.file_changes(actor=clerk, change_ids=[change.pk], now=week.now)
    assert filed.state == ChangeState.FILED
    assert filed.filed_by == clerk
    acts = Entry.objects.filter(action__startswith="change.").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["change.asked", "change.accepted", "change.approved", "change.filed"]


def test_a_swap_of_two_days_and_one_of_shifts_that_overlap_both_pass(week):
    approve(week, agreed(week, mine=0, theirs=0))
    assert (day(0), 13) in works(week.one)
    assert (day(0), 9) in works(week.two)


def test_who_asks_does_so_for_their_own_published_shift_only(week):
    theirs = week.shifts[week.two, 1]
    with pytest.raises(DomainError, match="not yours"):
        ask(week, ChangeKind.SUBSTITUTE, theirs, colleague=week.agents[3])
    with pytest.raises(NotAllowed):
        changes.ask_change(
            actor=week.house.lead,
            person=week.one,
            kind=ChangeKind.SUBSTITUTE,
            shift_id=week.shifts[week.one, 1].pk,
            colleague=week.two,
            now=week.now,
        )
    Shift.objects.filter(pk=week.shifts[week.one, 1].pk).update(starts_at=week.now)
    with pytest.raises(Conflict, match="is changing"):
        swap(week)


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        (ChangeKind.SWAP, {}, "other_shift"),
        (ChangeKind.SUBSTITUTE, {}, "colleague"),
        (ChangeKind.EXTEND, {}, "new_starts_at"),
        (ChangeKind.FLEXIBLE, {}, "new_starts_at"),
    ],
)
def test_each_kind_needs_its_part(week, kind, facts, field):
    with pytest.raises(DomainError) as refusal:
        ask(week, kind, week.shifts[week.one, 1], **facts)
    assert refusal.value.field == field
    assert refusal.value.mend


def test_a_shift_waits_in_one_change_at_a_time(week):
    swap(week, mine=1, theirs=1)
    with pytest.raises(Conflict, match="waits already"):
        ask(week, ChangeKind.SUBSTITUTE, week.shifts[week.one, 1], colleague=week.agents[3])
    with pytest.raises(Conflict, match="waits already"):
        swap(week, mine=2, theirs=1)


def test_notice_counts_local_days_to_the_earlier_shift(week):
    zone = week.site.calendar.time_zone
    eve = datetime.fromisoformat("2026-11-23T23:59:00+08:00")
    assert zone == "Asia/Shanghai"
    change = swap(week, mine=1, theirs=1, now=eve)
    assert change.due_at == datetime.fromisoformat("2026-11-24T00:00:00+08:00")
    changes.withdraw_change(actor=week.one, change_id=change.pk, now=eve)
    with pytest.raises(Conflict, match="too late") as refusal:
        swap(week, mine=4, theirs=1, now=eve + timedelta(minutes=1))
    assert refusal.value.code == "notice"
    SiteRules.objects.update_or_create(site=week.site, defaults={"notice_days": 3})
    with pytest.raises(Conflict, match="3 days ahead"):
        swap(week, mine=1, theirs=1, now=eve - timedelta(days=1))


def substitute(desk, shift, colleague) -> Change:
    return ask(desk, ChangeKind.SUBSTITUTE, shift, colleague=colleague)


def test_rest_and_hours_of_the_colleague_are_refused_by_name(week):
    early, full = week.agents[2:4]
    draft = week.roster(MONDAY + timedelta(days=7))
    mine = week.shift(week.one, day(7), "L")
    week.shift(early, day(8), "E")
    for number in range(8, 13):
        week.shift(full, day(number), "D")
    week.publish(draft)
    with pytest.raises(Conflict, match=r"Person 20413: 10 h of rest .* 1 Dec 2026 at 07:00") as refusal:
        substitute(week, mine, early)
    assert refusal.value.code == "rest"
    assert refusal.value.mend
    with pytest.raises(Conflict, match="42 h of work in the week of 30 Nov 2026; at most 40 h"):
        substitute(week, mine, full)
    full.contracts.create(weekly_minutes=48 * 60, period=DateRange(SINCE, None))
    assert substitute(week, mine, full).pk


def test_skill_leave_and_place_of_the_colleague_are_refused_by_name(week):
    draft = week.roster(MONDAY + timedelta(days=7))
    give_skill(week, week.one)
    mine = week.shift(week.one, day(8), "D", skill=week.skill)
    plain = week.shift(week.one, day(9), "D")
    week.publish(draft)
    with pytest.raises(Conflict, match="skill") as refusal:
        substitute(week, mine, week.two)
    assert refusal.value.code == "skill"
    with pytest.raises(Conflict, match="no team"):
        substitute(week, plain, week.house.supervisor)
    away = week.agents[5]
    give_leave(week, away, plain)
    with pytest.raises(Conflict, match="Leave lies") as refusal:
        substitute(week, plain, away)
    assert refusal.value.code == "leave"
    give_skill(week, week.two)
    assert substitute(week, mine, week.two).pk


def give_skill(desk, person) -> None:
    PersonSkill.objects.create(person=person, skill=desk.skill, level=1, period=DateRange(SINCE, None))


def give_leave(desk, person, shift) -> None:
    """Let approved leave lie in the time of a shift."""
    kind = LeaveType.objects.create(code="year", name="Annual leave")
    asked = {"requested_by": person, "requested_at": desk.now}
    decided = {"decided_by": desk.house.lead, "decided_at": desk.now, "state": LeaveState.APPROVED}
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "minutes": 420}
    occupying.enter_leave(Leave.objects.create(person=person, type=kind, **times, **asked, **decided))


def test_what_the_plan_lacks_already_stands_against_nothing(week):
    """A week that is too long as it is may still be swapped within."""
    SiteRules.objects.update_or_create(site=week.site, defaults={"weekly_minutes": 60})
    assert agreed(week).state == ChangeState.ACCEPTED


def test_a_flexible_hour_that_leaves_a_gap_is_refused_and_says_which(week):
    shift = week.shifts[week.one, 2]
    Requirement.objects.create(site=week.site, starts_at=shift.starts_at, heads=1, origin=Origin.ENTERED)
    later = Times(shift.starts_at + HOUR, shift.ends_at + HOUR)
    earlier = Times(shift.starts_at - HOUR, shift.ends_at - HOUR)
    with pytest.raises(Conflict, match=r"25 Nov 2026 09:00 with 0 of 1 heads") as refusal:
        ask(week, ChangeKind.FLEXIBLE, shift, times=later)
    assert refusal.value.code == "cover"
    change = ask(week, ChangeKind.FLEXIBLE, shift, times=earlier)
    assert change.state == ChangeState.ACCEPTED
    with pytest.raises(Conflict, match="flexible time"):
        ask(week, ChangeKind.FLEXIBLE, week.shifts[week.one, 3], times=_moved(week.shifts[week.one, 3], 0.5))
    approve(week, change)
    assert (day(2), 8) in works(week.one)
    lunch = Occupancy.objects.get(person=week.one, shift=shift, kind=OccupancyKind.BREAK)
    assert lunch.period.lower == shift.starts_at + 2 * HOUR


def _moved(shift, hours: float) -> Times:
    return Times(shift.starts_at + hours * HOUR, shift.ends_at + hours * HOUR)


def test_an_extension_keeps_the_shift_and_adds_half_hours_within_the_weekly_limit(week):
    shift = week.shifts[week.one, 2]
    since, until = shift.starts_at, shift.ends_at
    for wrong in (
        (since + HOUR, until + HOUR),
        (since, until),
        (since, until + HOUR / 6),
        (since, until + 9 * HOUR),
        (since - 10 * HOUR, until),
    ):
        with pytest.raises(DomainError) as refusal:
            ask(week, ChangeKind.EXTEND, shift, times=Times(*wrong))
        assert refusal.value.field == "new_starts_at"
    with pytest.raises(Conflict, match="41 h of work in the week"):
        ask(week, ChangeKind.EXTEND, shift, times=Times(since - 4 * HOUR, until + 2 * HOUR))
    approve(week, ask(week, ChangeKind.EXTEND, shift, times=Times(since, until + 2 * HOUR)))
    last = Occupancy.objects.filter(shift=shift).latest("period")
    assert last.period.upper == until + 2 * HOUR


def test_an_open_shift_is_taken_by_whoever_asks_first_and_is_free_again_when_refused(week):
    change = ask(week, ChangeKind.PICK_UP, week.open, person=week.agents[3])
    assert told("change_to_decide") == {week.house.lead.work_number}
    with pytest.raises(Conflict, match="was quicker"):
        ask(week, ChangeKind.PICK_UP, week.open, person=week.agents[4])
    with pytest.raises(DomainError) as refusal:
        changes.refuse_change(actor=week.house.lead, change_id=change.pk, decision=" ", now=week.now)
    assert refusal.value.field == "decision"
    changes.refuse_change(actor=week.house.lead, change_id=change.pk, decision="Too much", now=week.now)
    approve(week, ask(week, ChangeKind.PICK_UP, week.open, person=week.agents[4]))
    assert works(week.agents[4]) == {(day(5), 9)}


def test_neither_of_the_two_decides_nor_somebody_elses_lead(week):
    change = agreed(week)
    house = week.house
    for actor in (week.one, week.two, house.administrator, house.service_manager, week.clerk):
        with pytest.raises(NotAllowed):
            approve(week, change, actor=actor)
    approve(week, change, actor=house.supervisor)


def test_only_the_colleague_answers_and_only_who_asked_withdraws(week):
    change = swap(week)
    for wrong in (week.one, week.house.lead):
        with pytest.raises(NotAllowed):
            changes.accept_change(actor=wrong, change_id=change.pk, now=week.now)
    with pytest.raises(NotAllowed):
        changes.withdraw_change(actor=week.two, change_id=change.pk, now=week.now)
    with pytest.raises(IllegalTransition):
        approve(week, change)
    changes.decline_change(actor=week.two, change_id=change.pk, now=week.now)
    assert told("change_declined") == {week.one.work_number}
    with pytest.raises(IllegalTransition):
        changes.withdraw_change(actor=week.one, change_id=change.pk, now=week.now)


def test_a_shift_that_was_replanned_meanwhile_is_not_swapped(week):
    change = agreed(week)
    shift = week.shifts[week.one, 1]
    shift.starts_at += HOUR
    shift.ends_at += HOUR
    shift.save()
    week.publish(shift.roster)
    with pytest.raises(Conflict, match="no longer the one") as refusal:
        approve(week, change)
    assert refusal.value.code == "changed"
    change.refresh_from_db()
    assert change.state == ChangeState.ACCEPTED


def test_what_nobody_decided_in_time_lapses_once_and_both_hear_of_it(week):
    change, kept = agreed(week, mine=1, theirs=1), agreed(week, mine=4, theirs=4)
    assert changes.lapse_changes(now=change.due_at - timedelta(seconds=1)) == 0
    assert changes.lapse_changes(now=change.due_at) == 1
    assert changes.lapse_changes(now=change.due_at) == 0
    assert told("change_lapsed") == {week.one.work_number, week.two.work_number}
    kept.refresh_from_db()
    assert kept.state == ChangeState.ACCEPTED
    with pytest.raises(IllegalTransition):
        approve(week, change, now=change.due_at)


def test_while_the_lead_is_away_the_next_one_up_is_told_and_decides(week):
    record_absence(
        actor=week.house.supervisor,
        person=week.house.lead,
        since=week.now - HOUR,
        until=week.now + timedelta(days=9),
        now=week.now,
    )
    change = agreed(week)
    assert told("change_to_decide") == {week.house.supervisor.work_number}
    assert approve(week, change, actor=User.objects.get(pk=week.house.supervisor.pk)).decided_by_id
