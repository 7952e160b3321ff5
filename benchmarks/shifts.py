"""Rosters: the board and the cover of 500 agents and four weeks, heads by Erlang, and the auto-roster.

`--size agents=1000` makes the roster larger. Boards and cover are absolute marks: the 95th percentile of 25 calls.
"""

from benchmarks import _attended, _auto, _changes, _rosters
from benchmarks.runner import Bench


def run(bench: Bench) -> None:
    """Measure the parts of rostering, one after another."""
    _rosters.measure(bench)
    _changes.measure(bench)
    _attended.measure(bench)
    _auto.measure(bench)
