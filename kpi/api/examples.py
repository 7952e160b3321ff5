"""What the documentation shows of key figures."""

from typing import Final

from drf_spectacular.utils import OpenApiExample

SERIES: Final = OpenApiExample(
    "series",
    {
        "metrics": ["offered", "answer_rate"],
        "group_by": "team",
        "interval": "day",
        "from": "2026-11-18",
        "to": "2026-11-18",
        "watermark": "2026-11-18T17:59:00+08:00",
        "waiting": 0,
        "replaces": None,
        "next": None,
        "rows": [
            {
                "group": "4",
                "label": "Osmanthus",
                "interval": "2026-11-18",
                "offered": 412,
                "answer_rate": 0.931,
            }
        ],
    },
    response_only=True,
)
METRICS: Final = OpenApiExample(
    "metrics",
    {
        "metrics": [
            {
                "key": "answer_rate",
                "name": "Answer rate",
                "unit": "share",
                "formula": "answered / (offered − short abandons)",
                "more_is_better": True,
                "target": 0.9,
                "cannot_say": "",
                "rule": "service level C, version 1",
                "source": "calls",
                "percentile_of": "",
                "groups": ["none", "site", "team", "agent", "queue"],
                "intervals": ["none", "30m", "hour", "day", "week", "month"],
            }
        ],
        "families": [
            {
                "key": "service_level_{rule}_{seconds}",
                "name": "Service level by rule A, B, C, D or E",
                "least": 0,
                "most": 600,
            }
        ],
    },
    response_only=True,
)
