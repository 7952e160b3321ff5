"""How many heads answer a stream of calls, and how well: Erlang C, and Erlang A where callers lose patience. Pure.

`load` is in erlangs: calls in an interval times handle time, over the length of the interval. Times are seconds.
A service level is the share of all calls offered that is answered within the time; who hangs up was not answered.
"""

from dataclasses import dataclass
from math import ceil, exp, expm1, inf, log

INTERVAL = 1800
"""Half an hour, in seconds."""
NEGLIGIBLE = 1e-15
"""A state of the queue that is rarer than this, against all of them, changes no figure."""
HUGE = 1e200
"""Weights are scaled down beyond this, since many more may wait than a float can count the ways of."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What so many heads do to a stream of calls: shares from 0 to 1, `mean_wait` in seconds over all calls (infinite where the queue grows without end)."""

    waits: float
    service_level: float
    mean_wait: float
    occupancy: float
    abandoned: float = 0.0


def erlang_b(heads: int, load: float) -> float:
    """Return the share of calls that find every head busy, if none waits."""
    blocked = 1.0
    for head in range(1, heads + 1):
        blocked = load * blocked / (head + load * blocked)
    return blocked


def erlang_c(heads: int, load: float) -> float:
    """Return the share of calls that wait, if nobody hangs up: 1 where the load is too much for the heads."""
    return _waits(heads, load, erlang_b(heads, load)) if heads > load else 1.0


def figures(
    heads: int,
    calls: float,
    handle_seconds: float,
    within_seconds: float,
    patience: float | None = None,
    interval: float = INTERVAL,
) -> Figures:
    """Return how `heads` answer `calls` of an interval; with a mean `patience` as Erlang A, else as Erlang C."""
    load = calls * handle_seconds / interval
    if load <= 0:
        return Figures(0.0, 1.0, 0.0, 0.0)
    blocked = erlang_b(heads, load)
    if patience is not None:
        return _impatient(heads, load, handle_seconds, within_seconds, patience, blocked)
    if heads <= load:
        return Figures(1.0, 0.0, inf, 1.0)
    waits = _waits(heads, load, blocked)
    spare = heads - load
    level = 1 - waits * exp(-spare * within_seconds / handle_seconds)
    return Figures(waits, level, waits * handle_seconds / spare, load / heads)


def service_level(
    heads: int,
    calls: float,
    handle_seconds: float,
    within_seconds: float,
    patience: float | None = None,
    interval: float = INTERVAL,
) -> float:
    """Return the share of calls that `heads` answer within the time."""
    return figures(heads, calls, handle_seconds, within_seconds, patience, interval).service_level


def heads_needed(
    calls: float,
    handle_seconds: float,
    share: float,
    within_seconds: float,
    occupancy: float = 1.0,
    patience: float | None = None,
    interval: float = INTERVAL,
) -> int:
    """Return the fewest heads that answer `share` of the calls within the time, none busier than `occupancy`.

    Before shrinkage. Raises ValueError for shares outside 0 to 1: no number of heads reaches them.
    """
    if not 0 < share < 1 or not 0 < occupancy <= 1:
        raise ValueError("share must lie between 0 and 1, occupancy above 0 and at most 1")
    load = calls * handle_seconds / interval
    if load <= 0:
        return 0
    if patience is not None:
        return _heads_for_impatient(load, handle_seconds, share, within_seconds, occupancy, patience)
    fewest = max(1, ceil(load / occupancy - 1e-9))
    blocked = erlang_b(fewest, load)
    head, decay = fewest, within_seconds / handle_seconds
    while head <= load or _waits(head, load, blocked) * exp((load - head) * decay) > 1 - share:
        head += 1
        blocked = load * blocked / (head + load * blocked)
    return head


def with_shrinkage(heads: int, shrinkage: float) -> int:
    """Return the heads to roster so that `heads` are at their desks while `shrinkage` of paid time is spent elsewhere."""
    if not 0 <= shrinkage < 1:
        raise ValueError("shrinkage must be at least 0 and below 1")
    return ceil(heads / (1 - shrinkage) - 1e-9)


def _waits(heads: int, load: float, blocked: float) -> float:
    return heads * blocked / (heads - load * (1 - blocked))


def _impatient(
    heads: int, load: float, handle: float, within: float, patience: float, blocked: float
) -> Figures:
    """Sum over how many wait before a new call, each weighed against “all heads busy, nobody waits”.

    With `ahead` waiting, the weight is load^ahead / product of (heads + i·handle/patience), i from 1 to `ahead`. The wait
    of a call that comes then is a sum of exponential times; a beta distribution tells the share of such calls that is
    answered within the time and before patience ends.
    """
    if not heads:
        return Figures(1.0, 0.0, patience, 0.0, 1.0)
    leaving = handle / patience
    served, in_time = heads / leaving, -within / patience
    log_term = (served + 1) * in_time
    gone = -expm1(in_time)
    step = log(gone) if gone else -inf
    answered = -expm1(log_term)
    weight, scale, ahead = 1.0, 1.0, 0
    waiting = level = 0.0
    while weight > NEGLIGIBLE * waiting or heads + ahead * leaving <= load:
        waiting += weight
        level += weight * served / (served + ahead + 1) * max(answered, 0.0)
        ahead += 1
        weight *= load / (heads + ahead * leaving)
        log_term += step + log((served + ahead) / ahead)
        answered -= exp(log_term)
        if weight > HUGE:
            weight, scale, waiting, level = weight / HUGE, scale / HUGE, waiting / HUGE, level / HUGE
    all_states = (1 - blocked) * scale + waiting * blocked
    waits = waiting * blocked / all_states
    last_free = heads * blocked * scale / all_states / load
    abandoned = max(waits + last_free - heads * waits / load, 0.0)
    return Figures(
        waits=waits,
        service_level=1 - waits + level * blocked / all_states,
        mean_wait=abandoned * patience,
        occupancy=load * (1 - abandoned) / heads,
        abandoned=abandoned,
    )


def _heads_for_impatient(
    load: float, handle: float, share: float, within: float, occupancy: float, patience: float
) -> int:
    def is_enough(heads: int) -> bool:
        found = _impatient(heads, load, handle, within, patience, erlang_b(heads, load))
        return found.service_level >= share and found.occupancy <= occupancy

    # Overloaded heads are busy all the time and answer heads/load of the calls at most.
    enough = max(1, ceil(load * share - 1e-9))
    too_few, step = enough - 1, 1
    while not is_enough(enough):
        too_few, enough, step = enough, enough + step, step * 2
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (too_few, middle) if is_enough(middle) else (middle, enough)
    return enough
