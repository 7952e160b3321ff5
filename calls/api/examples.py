"""What the documentation shows of calls."""

from typing import Final

from drf_spectacular.utils import OpenApiExample

LISTED: Final = OpenApiExample(
    "calls",
    {
        "source": "acd",
        "call_id": "C-88120",
        "visit": 0,
        "revision": 0,
        "site": "hangzhou",
        "team": 4,
        "queue": "repairs",
        "queue_name": "Repairs",
        "agent": "20401",
        "agent_name": "Wei Fang",
        "customer": "138****5678",
        "topic": "Invoice",
        "entered_at": "2026-11-18T10:00:12+08:00",
        "outcome": "answered",
        "wait_seconds": 12,
        "talk_seconds": 180,
        "hold_seconds": None,
        "wrap_seconds": 20,
        "resolved": True,
        "satisfaction": 5,
    },
    response_only=True,
)
