"""Swaps of the roster that `_rosters` has made: what fits is found, asked for, and approved."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from agents.models import User
from benchmarks._rosters import MONDAY, NOW
from benchmarks.runner import Bench
from callcenter.access import SYSTEM
from shifts.enums import ChangeKind
from shifts.selectors.fitting import told_shifts
from shifts.selectors.offers import substitutes, swaps, swaps_for
from shifts.services import changes

TIMES = 9
OFFERED = 30


def measure(bench: Bench) -> None:
    """Look for swaps and substitutes as the page of one's own shift does, then take one through its course."""
    person = User.objects.select_related("site__calendar").get(work_number="R0003")
    own = told_shifts().filter(published_person=person, day__gt=MONDAY).order_by("day")
    shift: Any = own[len(own) // 2]
    found = swaps(shift, person, now=NOW)
    bench.report("swaps_found", _milliseconds(lambda: swaps(shift, person, now=NOW)), "ms")
    bench.report("swaps_covered", _milliseconds(lambda: swaps_for(shift, person, found[:OFFERED])), "ms")
    bench.report("substitutes_found", _milliseconds(lambda: substitutes(shift, person)), "ms")
    free = iter([one.pk for one in own])
    bench.report("swap_to_approval", _milliseconds(lambda: _swap(person, next(free))), "ms")


def _swap(person: User, key: int) -> None:
    shift = told_shifts().get(pk=key)
    offer = swaps(shift, person, now=NOW)[0]
    change = changes.ask_change(
        actor=SYSTEM,
        person=person,
        kind=ChangeKind.SWAP,
        shift_id=key,
        other_shift_id=offer.shift,
        now=NOW,
    )
    changes.accept_change(actor=SYSTEM, change_id=change.pk, now=NOW)
    changes.approve_change(actor=SYSTEM, change_id=change.pk, now=NOW)


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _round in range(TIMES):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)
