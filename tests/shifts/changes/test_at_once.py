"""Several at once, on real PostgreSQL: an open shift has one taker, and a change happens whole or not at all."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection

from agents.models import User
from callcenter.errors import Conflict, DomainError
from callcenter.state import IllegalTransition
from shifts.enums import ChangeKind, ChangeState
from shifts.models import Change, Occupancy, Shift, SiteRules
from shifts.services import changes
from tests.shifts.conftest import MONDAY

pytestmark = pytest.mark.timeout(400)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all of these in threads of their own that begin together; return what each gave, or its refusal."""
    start, given = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            given.append(act())
        except Exception as refusal:  # noqa: BLE001 (whatever it is, the test looks at it)
            given.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_of_many_who_grab_an_open_shift_exactly_one_gets_it(committed_desk):
    desk = committed_desk
    roster = desk.roster()
    shift = desk.shift(None, MONDAY + timedelta(days=2), "D")
    desk.publish(roster)

    def grab(person: User) -> Callable[[], object]:
        asked = {"kind": ChangeKind.PICK_UP, "shift_id": shift.pk, "now": desk.now}
        return lambda: changes.ask_change(actor=person, person=person, **asked)

    given = at_once([grab(person) for person in desk.agents])
    won = [one for one in given if isinstance(one, Change)]
    assert len(won) == 1
    assert all(isinstance(one, Conflict) and one.code == "already_asked" for one in given if one not in won)
    changes.approve_change(actor=desk.house.lead, change_id=won[0].pk, now=desk.now)
    assert set(Occupancy.objects.values_list("person", flat=True)) == {won[0].person_id}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_changes_that_are_approved_at_once_happen_whole_or_not_at_all(committed_desk, seed):
    """Each alone would pass; together some would put a person in two places, and those are refused."""
    desk, random = committed_desk, Random(seed)
    SiteRules.objects.create(site=desk.site, rest_minutes=0, days_in_row=7, weekly_minutes=100 * 60)
    before = _published_week(desk, random)
    asked = _asked(desk, random)
    kept = {change.pk: change for change in asked}
    withdrawn = random.sample(asked, 3)
    acts = [_approve(desk, change) for change in asked] + [_withdraw(desk, change) for change in withdrawn]
    random.shuffle(acts)
    given = at_once(acts)
    assert {type(one) for one in given if isinstance(one, Exception)} <= {Conflict, IllegalTransition}
    states = dict(Change.objects.values_list("pk", "state"))
    expected = dict(before)
    for key, change in kept.items():
        if states[key] == ChangeState.APPROVED:
            expected[change.shift_id] = change.colleague_id
            if change.other_shift_id:
                expected[change.other_shift_id] = change.person_id
    assert ChangeState.APPROVED in states.values()
    assert dict(Shift.objects.values_list("pk", "person")) == expected
    assert dict(Shift.objects.values_list("pk", "published_person")) == expected
    pieces = Occupancy.objects.order_by().values_list("shift", "person").distinct()
    assert set(pieces) == set(expected.items())
    assert Counter(states.values())[ChangeState.WITHDRAWN] <= len(withdrawn)


def _published_week(desk, random: Random) -> dict[int, int]:
    """Publish a week of six agents, three of them a day; return who works which."""
    roster = desk.roster()
    for number in range(7):
        for person in random.sample(desk.agents, 3):
            desk.shift(person, MONDAY + timedelta(days=number), random.choice("DEL"))
    desk.publish(roster)
    return dict(Shift.objects.values_list("pk", "person"))


def _asked(desk, random: Random) -> list[Change]:
    """Ask for swaps and substitutes at random, and let the colleagues agree; what is refused alone is left out."""
    found = []
    shifts = list(Shift.objects.select_related("person")) * 4
    random.shuffle(shifts)
    for shift in shifts:
        facts = {"kind": ChangeKind.SUBSTITUTE, "colleague": random.choice(desk.agents)}
        if random.random() < 0.6:
            facts = {"kind": ChangeKind.SWAP, "other_shift_id": random.choice(shifts).pk}
        asked = {"actor": shift.person, "person": shift.person, "shift_id": shift.pk, "now": desk.now}
        try:
            change = changes.ask_change(**asked, **facts)
            found.append(changes.accept_change(actor=change.colleague, change_id=change.pk, now=desk.now))
        except DomainError:
            continue
    assert len(found) > 4
    return found


def _approve(desk, change: Change) -> Callable[[], object]:
    return lambda: changes.approve_change(actor=desk.house.lead, change_id=change.pk, now=desk.now)


def _withdraw(desk, change: Change) -> Callable[[], object]:
    return lambda: changes.withdraw_change(actor=change.person, change_id=change.pk, now=desk.now)
