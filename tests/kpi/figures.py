"""The figures of an expected.json, read from the metrics of a row of `series`."""

FIGURES = {
    "count": "offered",
    "answered": "answered",
    "abandoned": "abandoned",
    "answer_rate": "answer_rate",
    "resolved": "resolved",
    "fcr_of_answered": "fcr_of_answered",
    "fcr_of_offered": "fcr_of_offered",
    "sl20_answered_over_offered": "answered_within_20_of_offered",
    "sl20_answered_over_answered": "answered_within_20_of_answered",
    "sl60_answered_over_offered": "answered_within_60_of_offered",
    "sl60_answered_over_answered": "answered_within_60_of_answered",
    "share_talk_le_300s": "share_talk_le_300s",
}
SPREADS = {"speed_of_answer_s": "speed_of_answer", "talk_time_s": "talk_time"}
PARTS = {
    "n": "n", "mean": "mean", "sum": "sum", "min": "min", "max": "max",
    "p50_disc": "p50", "p90_disc": "p90", "p95_disc": "p95",
}  # fmt: skip
METRICS = [
    *FIGURES.values(),
    *(f"{key}_{part}" for key in SPREADS.values() for part in PARTS.values()),
    "satisfaction_n",
    "satisfaction_mean",
    "satisfaction_share_4_5",
    *(f"satisfaction_{mark}" for mark in range(1, 6)),
]

# Where expected.json looks, and how the same is asked.
VIEWS = {
    "per_agent": {"group_by": "agent"},
    "per_topic": {"group_by": "topic"},
    "per_hour": {"interval": "hour_of_day"},
    "per_weekday": {"interval": "weekday"},
    "per_month": {"interval": "month"},
}


def as_expected(row, like):
    """Return a row in the shape of `like`, means rounded to the decimals that expected.json keeps."""

    def rounded(value, decimals):
        return value if value is None else round(value, decimals)

    found = {name: rounded(row[key], 6) for name, key in FIGURES.items()}
    for name, key in SPREADS.items():
        found[name] = {
            part: rounded(row[f"{key}_{how}"], 4) for part, how in PARTS.items() if part in like[name]
        }
    found["satisfaction"] = {
        "n": row["satisfaction_n"],
        "mean": rounded(row["satisfaction_mean"], 6),
        "dist": {str(mark): row[f"satisfaction_{mark}"] for mark in range(1, 6)},
        "csat_4_5_share": rounded(row["satisfaction_share_4_5"], 6),
    }
    return found


def without_interpolation(figures):
    """Return the figures of an expected.json without its `_cont` percentiles, which are not ours."""
    if not isinstance(figures, dict):
        return figures
    return {
        name: without_interpolation(value) for name, value in figures.items() if not name.endswith("_cont")
    }
