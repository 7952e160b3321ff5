"""Public nurse rostering instances, and one of their shape that is always here: the engine keeps all their limits."""

import os
from pathlib import Path

import pytest

from benchmarks._nrp import load
from shifts.engine.check import check
from shifts.engine.search import solve

OURS = """
# Two weeks, four people, two kinds of shifts
SECTION_HORIZON
14

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
D,480,
L,480,D

SECTION_STAFF
A,D=14|L=14,4320,2400,5,2,2,1
B,D=14|L=14,4320,2400,5,2,2,1
C,D=14|L=0,4320,2400,5,2,2,1
E,D=14|L=14,2880,960,4,1,1,2

SECTION_DAYS_OFF
A,0
B,5,6

SECTION_SHIFT_ON_REQUESTS
A,3,D,2
C,1,D,3

SECTION_SHIFT_OFF_REQUESTS
E,2,L,1

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
""" + "".join(f"{day},{shift},{heads},100,1\n" for day in range(14) for shift, heads in (("D", 2), ("L", 1)))


def solved(path, seconds):
    problem = load(path)
    outcome = solve(problem, seconds=seconds, seed=1, workers=2, told=lambda _progress: None)
    assert not outcome.impossible
    assert not check(problem, outcome.plan)
    return outcome


def test_instance_of_the_same_shape_is_solved_within_its_limits(tmp_path):
    path = tmp_path / "ours.txt"
    path.write_text(OURS, encoding="utf-8")
    outcome = solved(path, seconds=4)
    assert outcome.bound <= outcome.score.short


@pytest.mark.slow
@pytest.mark.realdata
@pytest.mark.parametrize("number", range(1, 7))
def test_public_instance_is_solved_within_its_limits(number):
    folder = os.environ.get("CALLCENTER_DATA")
    if not folder:
        pytest.skip("CALLCENTER_DATA names no folder with the real data")
    solved(Path(folder) / "nrp_benchmark" / f"Instance{number}.txt", seconds=5)
