"""Calls and key figures: files that come in beside a bare COPY, and figures beside the raw calls.

`./bench kpi --rounds 5`. `--size calls=1000000` rows in the file, `--size stock=10000000` calls that are there already
when a day of `--size day=210000` comes, `--size asked=10000000` calls that questions are asked about, `--size agents=3000`.
"""

from benchmarks import _kpi_intake, _kpi_queries
from benchmarks.runner import Bench


def run(bench: Bench) -> None:
    """Measure the intake, then the questions."""
    _kpi_intake.measure(bench)
    _kpi_queries.measure(bench)
