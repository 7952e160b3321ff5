"""Figures of a source computed from its stored calls, in the words in which real logs say what is expected."""

import math
from statistics import fmean

from calls.models import Call
from calls.queue_log import record
from calls.queue_log.models import LogCount


def _cont(values, share):
    place = share * (len(values) - 1)
    low, high = math.floor(place), math.ceil(place)
    return round(values[low] + (values[high] - values[low]) * (place - low), 6)


def lengths(values):
    """Return count, mean, extremes and both kinds of percentiles."""
    values = sorted(values)
    if not values:
        return {"n": 0, "mean": None}
    disc = {f"p{share}_disc": values[math.ceil(share / 100 * len(values)) - 1] for share in (50, 90, 95)}
    cont = {f"p{share}_cont": _cont(values, share / 100) for share in (50, 90, 95)}
    return {
        "n": len(values),
        "mean": fmean(values),
        "sum": sum(values),
        "min": values[0],
        "max": values[-1],
        **cont,
        **disc,
    }


def _share(count, of):
    return round(count / of, 6) if of else None


def figures(source, queue=None):
    """Return the figures of a source, or of one queue of it."""
    rows = list(Call.objects.filter(source=source, **({"queue_name": queue} if queue else {})))
    by = {
        name: [row for row in rows if row.outcome == name]
        for name in ("answered", "abandoned", "flowed_out", "unknown")
    }
    answered, waits = by["answered"], [row.wait_seconds for row in by["answered"]]
    talks = [row.talk_seconds for row in answered if row.talk_seconds is not None]
    closed = len(rows) - len(by["unknown"])
    rings = LogCount.objects.filter(
        source=source, event="RINGNOANSWER", **({"queue": queue} if queue else {})
    )
    found = {
        "entered": len(rows),
        "answered": len(answered),
        "abandoned": len(by["abandoned"]),
        "exit_other": len(by["flowed_out"]),
        "open_at_end": len(by["unknown"]),
        "answer_rate_of_closed": _share(len(answered), closed),
        "asa_s": lengths(waits),
        "abandon_wait_s": lengths([row.wait_seconds for row in by["abandoned"]]),
        "talk_s": lengths(talks),
        "sl20_A": _share(sum(wait <= 20 for wait in waits), closed),
        "sl60_A": _share(sum(wait <= 60 for wait in waits), closed),
        "sl20_over_answered": _share(sum(wait <= 20 for wait in waits), len(answered)),
        "share_talk_le_300s": _share(sum(talk <= 300 for talk in talks), len(answered)),
        "ring_no_answer": sum(row.events for row in rings),
    }
    if queue:
        return found | {"per_agent": None}
    return found | {
        "abandon_rate_of_closed": _share(len(by["abandoned"]), closed),
        "abandoned_within_20s": sum(row.wait_seconds <= 20 for row in by["abandoned"]),
        "per_agent": {name: _agent(answered, name) for name in {row.agent_name for row in answered}},
        "per_queue": {name: figures(source, name) for name in {row.queue_name for row in rows}},
        "events": record.counts_of(source),
    }


def _agent(answered, name):
    own = [row for row in answered if row.agent_name == name]
    return {
        "answered": len(own),
        "talk_sum_s": sum(row.talk_seconds for row in own),
        "aht_s": fmean(row.talk_seconds for row in own),
        "asa_s": fmean(row.wait_seconds for row in own),
    }
