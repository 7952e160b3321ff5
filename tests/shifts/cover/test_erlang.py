"""Erlang C and A against published figures, against sums and simulations of their own, and by their laws."""

import json
import math
import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shifts.erlang import erlang_b, erlang_c, figures, heads_needed, service_level, with_shrinkage

CLOSE = 1e-6


def cases() -> list[dict]:
    """Return the published figures, or one of each model where the data is not at hand."""
    folder = os.environ.get("CALLCENTER_DATA")
    path = Path(folder or "", "erlang_cases.json")
    own = Path(__file__).with_name("erlang_cases.json")
    found = json.loads(own.read_text(encoding="utf-8"))["cases"]
    return found + (json.loads(path.read_text(encoding="utf-8"))["cases"] if folder and path.exists() else [])


def minutes_to_seconds(given_inputs: dict) -> dict:
    """Return a case's inputs by one set of names, in seconds and calls of half an hour."""
    known = dict(given_inputs)
    for name in ("aht", "awt", "patience"):
        if f"{name}_min" in known:
            known[f"{name}_s"] = known[f"{name}_min"] * 60
    for name, factor in (("calls_per_h", 0.5), ("calls_per_min", 30)):
        if name in known:
            known["calls"] = known[name] * factor
    known.setdefault("aht_s", 180)
    if "traffic" in known:
        known["calls"] = known["traffic"] * 1800 / known["aht_s"]
    return known


def answers(case: dict) -> dict:
    """Return our figures by the names of the file."""
    known = minutes_to_seconds(case["inputs"])
    if "calls" not in known:
        return {"traffic": _load_at(known["agents"], known["pw"])}
    load = known["calls"] * known["aht_s"] / 1800
    agents, awt = known.get("agents"), known.get("awt_s", 20)
    if agents is None and "max_pw" in known:
        agents = next(heads for heads in count(1) if erlang_c(heads, load) <= known["max_pw"])
    if agents is None:
        agents = heads_needed(
            known["calls"], known["aht_s"], known["sl_target"], awt, known.get("max_occ", 1.0)
        )
    found = figures(agents, known["calls"], known["aht_s"], awt, known.get("patience_s"))
    return {
        "traffic": load,
        "agents": agents,
        "pw": found.waits,
        "service_level": found.service_level,
        "sl_served_over_offered": found.service_level,
        "asa_s": found.mean_wait,
        "asa_min": found.mean_wait / 60,
        "wait_all_min": found.mean_wait / 60,
        "occupancy": found.occupancy,
        "occ": found.occupancy,
        "abandon": found.abandoned,
    }


def _load_at(heads: int, waits: float) -> float:
    low, high = 0.0, float(heads)
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if erlang_c(heads, middle) < waits else (low, middle)
    return low


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_published_figures_are_met_and_those_that_disagree_are_met_as_recomputed(case):
    found = answers(case)
    for name, value in case["computed"].items():
        assert found[name] == pytest.approx(value, rel=CLOSE, abs=1e-8), name
    for name, check in case["checks"].items():
        slack = 0 if name == "agents" else max(0.005, 0.05 * abs(check["published"]))
        assert (abs(found[name] - check["published"]) <= slack) == check["agrees"], name


def chain(
    heads: int, load: float, handle: float, within: float, patience: float
) -> tuple[float, float, float]:
    """Return waits, abandoned and service level from the chain of states, its waiting integrated step by step."""
    leaving, most = handle / patience, heads + 400
    weights = [1.0]
    for state in range(1, most):
        weights.append(weights[-1] * load / (min(state, heads) + max(state - heads, 0) * leaving))
    whole = sum(weights)
    waits = sum(weights[heads:]) / whole
    queue = sum((state - heads) * weight for state, weight in enumerate(weights) if state > heads) / whole
    steps = 20_000
    step = within / steps
    rate, eta = heads / handle + 1 / patience, load / leaving

    def density(at: float) -> float:
        return math.exp(-rate * at + eta * (1 - math.exp(-at / patience)))

    total = sum(density(step * (number + 0.5)) for number in range(steps)) * step
    return waits, queue * leaving / load, 1 - waits + weights[heads] / whole * heads / handle * total


@pytest.mark.parametrize(
    ("heads", "calls", "patience"), [(14, 100, 300), (13, 100, 30), (9, 100, 300), (40, 400, 90), (3, 1, 600)]
)
def test_erlang_a_is_what_its_chain_of_states_adds_up_to(heads, calls, patience):
    found = figures(heads, calls, 180, 20, patience)
    waits, abandoned, level = chain(heads, calls / 10, 180, 20, patience)
    assert found.waits == pytest.approx(waits, rel=1e-6)
    assert found.abandoned == pytest.approx(abandoned, rel=1e-6, abs=1e-12)
    assert found.service_level == pytest.approx(level, rel=1e-6)


LOADS = st.floats(0.05, 200)
SHARES = st.floats(0.3, 0.99)
PATIENCE = st.none() | st.floats(5, 1800)


@settings(deadline=None)
@given(load=LOADS, share=SHARES, within=st.floats(0, 300), occupancy=st.floats(0.5, 1), patience=PATIENCE)
def test_the_heads_needed_are_enough_and_one_less_is_not(load, share, within, occupancy, patience):
    asked = (load * 10, 180)
    heads = heads_needed(*asked, share, within, occupancy, patience)

    def is_enough(number: int) -> bool:
        found = figures(number, *asked, within, patience)
        return found.service_level >= share - 1e-12 and found.occupancy <= occupancy + 1e-9

    assert is_enough(heads)
    assert (
        heads == 1
        or not is_enough(heads - 1)
        or figures(heads - 1, *asked, within, patience).service_level < share + 1e-9
    )


@settings(deadline=None)
@given(load=LOADS, more=st.floats(0, 50), share=SHARES, within=st.floats(0, 300), patience=PATIENCE)
def test_more_calls_never_need_fewer_heads(load, more, share, within, patience):
    few, many = (heads_needed(calls * 10, 180, share, within, 1.0, patience) for calls in (load, load + more))
    assert few <= many


@settings(deadline=None)
@given(heads=st.integers(1, 300), load=LOADS, patience=PATIENCE, within=st.floats(0, 600))
def test_figures_are_shares_and_more_heads_answer_more(heads, load, patience, within):
    found = figures(heads, load * 10, 180, within, patience)
    for share in (found.waits, found.service_level, found.abandoned, found.occupancy):
        assert -1e-9 <= share <= 1 + 1e-9
    more = service_level(heads + 1, load * 10, 180, within, patience)
    assert more >= found.service_level - 1e-9


def test_very_patient_callers_are_those_of_erlang_c():
    c, a = figures(510, 5000, 180, 20), figures(510, 5000, 180, 20, 1e7)
    assert a.service_level == pytest.approx(c.service_level, abs=1e-4)


def test_the_recursion_is_steady_for_thousands_of_heads_and_for_none():
    assert erlang_b(0, 5) == erlang_c(0, 5) == 1.0
    assert 0 < erlang_c(5100, 5000) < 1
    assert figures(20_000, 10, 180, 20, 100).service_level == 1.0
    assert figures(5, 0, 180, 20).service_level == 1.0
    assert figures(3, 100, 180, 20).mean_wait == math.inf
    assert figures(0, 100, 180, 20, 60).abandoned == 1.0


def test_shrinkage_asks_for_whole_heads_more():
    assert with_shrinkage(14, 0.3) == 20
    assert with_shrinkage(7, 0.3) == 10, "7 of 0.7 are ten, not eleven for an error of rounding"
    assert heads_needed(0, 180, 0.8, 20) == 0
    for share, occupancy in ((1.0, 0.8), (0.0, 0.8), (0.8, 0.0)):
        with pytest.raises(ValueError, match="share"):
            heads_needed(1, 180, share, 20, occupancy)
    with pytest.raises(ValueError, match="shrinkage"):
        with_shrinkage(1, 1)
