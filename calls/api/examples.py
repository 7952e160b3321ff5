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
        "transferred": False,
        "channel": "telephone",
        "project": "Harbour line",
    },
    response_only=True,
)
BATCH: Final = OpenApiExample(
    "batch",
    {
        "source": "acd",
        "site": "hangzhou",
        "calls": [
            {
                "call_id": "C-88120",
                "entered_at": "2026-11-18T10:00:12+08:00",
                "outcome": "answered",
                "queue": "repairs",
                "agent": "20401",
                "customer": "13800005678",
                "wait_seconds": 12,
                "talk_seconds": 180,
                "wrap_seconds": 20,
            },
            {"call_id": "C-88121", "entered_at": "2026-11-18T10:01:40", "outcome": "abandoned"},
        ],
    },
    request_only=True,
)
TAKEN: Final = OpenApiExample(
    "taken",
    {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
        "errors": [
            {
                "row": 2,
                "field": "entered_at",
                "code": "offset",
                "message": "The moment names no offset from UTC; write it like 2026-11-18T10:00:12+08:00.",
                "mend": "Give a value that the documentation at /api/v1/docs/ allows.",
            }
        ],
    },
    response_only=True,
)
