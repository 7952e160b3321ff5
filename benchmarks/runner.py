"""The one benchmark command: `./bench [NAME…] [--json] [--list] [--rounds N] [--size WHAT=N]`.

A benchmark is a module of this package with a docstring (its first line is what --list shows) and

    def run(bench: Bench) -> None:
        bench.compare("due_two_days", product=product, limit=limit, unit="µs", per=1000, goal=2.0)

`product` and `limit` are called without arguments, and each call does `per` units of work. They are measured in turn,
several rounds, and the medians are compared: `ratio` is product / limit, `goal` the ratio allowed. For a throughput
(`unit="/s"`) say `better="higher"`: `goal` is then the ratio reached at least. A quick callable is called many times in
a round; one that uses its data up names `before`, which is called untimed before every single call. `unit=CPU` measures
milliseconds of this process's CPU instead of time.

`bench.report(name, value, unit, goal)` prints an absolute mark, which is reported and decides nothing.
`bench.size(what, default)` is a number that --size replaces. `bench.database()` brings up PostgreSQL and Redis with an
empty, migrated database and removes them at the end. Modules may import models at the top: the settings are ready.
"""

import argparse
import gc
import importlib
import itertools
import json
import os
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import django
from django.core.management import call_command

import benchmarks
from devtools.throw_away import ThrowAway

Clock = Callable[[], float]
# Of this process alone: what the database does meanwhile is not in it, nor what else runs on the machine.
CPU = "ms CPU"
SECONDS_PER_UNIT = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9, CPU: 1e-3}
# A measured stretch shorter than this says more about the clock than about the work.
SHORTEST_STRETCH = 0.02


@dataclass(frozen=True)
class Figure:
    """One measured line; `limit`, `ratio` and `met` are empty for a mark that decides nothing."""

    name: str
    value: float
    unit: str
    limit: float | None
    ratio: float | None
    goal: float | None
    met: bool | None


class Bench:
    """What a benchmark is handed: it measures, collects the figures, and owns the servers."""

    def __init__(self, *, rounds: int, sizes: dict[str, int], servers: ThrowAway) -> None:
        self.figures: list[Figure] = []
        self._rounds, self._sizes, self._servers = rounds, sizes, servers
        self._module = ""
        self._has_database = False

    def begin(self, module: str) -> None:
        """Name the benchmark that the next figures belong to."""
        self._module = module

    def database(self) -> None:
        """Bring up the servers and the migrated database, once."""
        if not self._has_database:
            self._servers.start()
            call_command("migrate", verbosity=0, interactive=False)
            self._has_database = True

    def size(self, what: str, default: int) -> int:
        """Return how many: the default, or what --size says."""
        return self._sizes.get(what, default)

    def compare(
        self,
        name: str,
        *,
        product: Callable[[], object],
        limit: Callable[[], object],
        unit: str,
        goal: float | None,
        better: Literal["lower", "higher"] = "lower",
        per: int = 1,
        before: Callable[[], object] | None = None,
    ) -> Figure:
        """Measure both sides in turn and record the medians, their ratio, and whether it meets the goal, if it has one."""
        clock = time.process_time if unit == CPU else time.perf_counter
        sides = (product, limit)
        counts = [1 if before else _calls_for_one_stretch(side, clock) for side in sides]
        seconds: tuple[list[float], list[float]] = ([], [])
        for _ in range(self._rounds):
            for side, count, taken in zip(sides, counts, seconds, strict=True):
                if before:
                    before()
                taken.append(_seconds(side, count, clock) / count / per)
        value, reference = (_in_unit(statistics.median(taken), unit) for taken in seconds)
        ratio = value / reference
        return self._record(
            Figure(self._full(name), value, unit, reference, ratio, goal, _met(ratio, goal, better))
        )

    def report(self, name: str, value: float, unit: str, goal: float | None = None) -> Figure:
        """Record an absolute mark; its goal is printed beside it and decides nothing."""
        return self._record(Figure(self._full(name), value, unit, None, None, goal, None))

    def _full(self, name: str) -> str:
        return f"{self._module}.{name}"

    def _record(self, figure: Figure) -> Figure:
        self.figures.append(figure)
        return figure


def _met(ratio: float, goal: float | None, better: str) -> bool | None:
    if goal is None:
        return None
    return ratio <= goal if better == "lower" else ratio >= goal


def _calls_for_one_stretch(work: Callable[[], object], clock: Clock) -> int:
    """Return how often to call so that a stretch is long enough to time; it warms the work up as well."""
    count = 1
    while _seconds(work, count, clock) < SHORTEST_STRETCH:
        count *= 4
    return count


def _seconds(work: Callable[[], object], count: int, clock: Clock) -> float:
    """Time `count` calls with the garbage collector off, as timeit does."""
    calls = itertools.repeat(None, count)
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = clock()
        for _ in calls:
            work()
        return clock() - start
    finally:
        if collecting:
            gc.enable()


def _in_unit(seconds: float, unit: str) -> float:
    """Turn seconds per piece of work into the unit: a time, or pieces per second."""
    return 1 / seconds if unit == "/s" else seconds / SECONDS_PER_UNIT[unit]


def available() -> list[str]:
    """Return the names of the benchmarks there are; a module whose name begins with _ only helps one."""
    names = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name for name in names if name != "runner" and not name.startswith("_"))


def table(figures: Iterable[Figure]) -> str:
    """Lay the figures out for reading."""
    verdicts = {None: "reported", True: "met", False: "MISSED"}
    layout = "{:34} {:>10} {:>10} {:6} {:>8} {:>8}  {}"
    lines = [layout.format("name", "value", "limit", "unit", "ratio", "goal", "")]
    for figure in figures:
        value, limit, ratio, goal = map(_short, (figure.value, figure.limit, figure.ratio, figure.goal))
        lines.append(layout.format(figure.name, value, limit, figure.unit, ratio, goal, verdicts[figure.met]))
    return "\n".join(line.rstrip() for line in lines)


def _short(number: float | None) -> str:
    """Write a number in three digits, a large one whole."""
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"  # noqa: PLR2004


def show(figures: Iterable[Figure], *, as_json: bool) -> None:
    """Print the figures: one JSON object a line, or the table."""
    lines = [json.dumps(asdict(figure), ensure_ascii=False) for figure in figures]
    print("\n".join(lines) if as_json else table(figures))


def main(arguments: list[str] | None = None) -> int:
    """Run the named benchmarks, or all; return 1 when a ratio misses its goal."""
    options = _parser().parse_args(arguments)
    names = available()
    unknown = set(options.names) - set(names)
    if unknown:
        print(
            f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names)}",
            file=sys.stderr,
        )
        return 2
    os.environ.setdefault("CALLCENTER_EMBEDDED", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    servers = ThrowAway(durable=True)
    try:
        django.setup()
        modules = {name: importlib.import_module(f"benchmarks.{name}") for name in options.names or names}
        if options.list:
            for name, module in modules.items():
                print(f"{name:16}{(module.__doc__ or '').strip().splitlines()[0]}")
            return 0
        bench = Bench(rounds=options.rounds, sizes=dict(options.size), servers=servers)
        for name, module in modules.items():
            print(f"measuring {name}…", file=sys.stderr, flush=True)
            bench.begin(name)
            module.run(bench)
    finally:
        servers.stop()
    show(bench.figures, as_json=options.json)
    return 1 if any(figure.met is False for figure in bench.figures) else 0


def _size(text: str) -> tuple[str, int]:
    what, _, number = text.partition("=")
    return what, int(number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./bench", description="Measure the product beside its limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run; all without one")
    parser.add_argument("--json", action="store_true", help="one JSON line for each figure")
    parser.add_argument("--list", action="store_true", help="say what there is, and measure nothing")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side is measured (default 7)")
    parser.add_argument(
        "--size", type=_size, action="append", default=[], metavar="WHAT=N", help="another amount of data"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
