"""The auto-roster on public nurse rostering instances: cost beside the best known, within a time.

`CALLCENTER_DATA` names the folder that holds `nrp_benchmark`. `--size seconds=60` searches longer on each. Costs add up
what is asked of them: under- and over-cover, requests unmet. A broken rule is an error.
"""

import json
import os
from pathlib import Path

from benchmarks import _nrp
from benchmarks.runner import Bench
from shifts.engine.check import check
from shifts.engine.search import solve


def run(bench: Bench) -> None:
    """Solve each instance and report its cost and how far it is from the best known."""
    folder = os.environ.get("CALLCENTER_DATA")
    if not folder:
        print("nrp: CALLCENTER_DATA names no folder with the instances: nothing measured")
        return
    here = Path(folder) / "nrp_benchmark"
    known = json.loads((here / "expected.json").read_text(encoding="utf-8"))["instances"]
    for facts in known[: bench.size("instances", 8)]:
        number, best = facts["instance"], facts["best_cost_in_table_60min"]
        problem = _nrp.load(here / f"Instance{number}.txt")
        outcome = solve(
            problem,
            seconds=bench.size("seconds", 30),
            seed=1,
            workers=2,
            told=lambda _progress: None,
        )
        if broken := check(problem, outcome.plan):
            message = f"instance {number}: {len(broken)} rules broken, first {broken[0]}"
            raise AssertionError(message)
        (cost,) = outcome.score.rank(problem)
        bench.report(f"instance_{number}_cost", cost, "", best)
        bench.report(f"instance_{number}_above_best", (cost / best - 1) * 100, "%")
