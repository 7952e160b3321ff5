"""What the documentation shows of complaints."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ROW: Final[dict[str, Any]] = {
    "reference": "C-2026-000123",
    "site": "hangzhou",
    "team": 4,
    "tier": 1,
    "channel": "telephone",
    "subject": "Charged twice",
    "status": "accepted",
    "level": 0,
    "handler": "1001",
    "responsible": "1001",
    "received_at": "2026-11-18T10:00:00+08:00",
    "due_at": "2026-11-20T10:00:00+08:00",
    "provisional": False,
    "seconds_left": 57600.0,
    "state": "ontime",
    "resolved_at": None,
}
ONE: Final[dict[str, Any]] = {
    **ROW,
    "customer_name": "Mr Liu",
    "contact": "138****5678",
    "account": "The visit was charged twice.",
    "demand": "The money back.",
    "solution": "",
}
NEW: Final[dict[str, Any]] = {
    "customer_name": "Mr Liu",
    "contact": "13812345678",
    "customer_kind": "personal",
    "channel": "telephone",
    "tier": 1,
    "site": "hangzhou",
    "subject": "Charged twice",
    "account": "The visit was charged twice.",
    "demand": "The money back.",
    "call": "hotline/0042",
    "source": "12345",
    "external_number": "2026-0007",
}
LISTED: Final = OpenApiExample("complaints", ROW, response_only=True)
READ: Final = OpenApiExample("complaint", ONE, response_only=True)
RECORD: Final = OpenApiExample("record", NEW, request_only=True)
RECORDED: Final = OpenApiExample(
    "recorded",
    {"reference": ROW["reference"], "due_at": ROW["due_at"]},
    response_only=True,
    status_codes=["201"],
)
RESOLVE: Final = OpenApiExample("resolve", {"solution": "One charge was paid back."}, request_only=True)
RESOLVED: Final = OpenApiExample(
    "resolved",
    {
        **ONE,
        "status": "resolved",
        "solution": "One charge was paid back.",
        "resolved_at": "2026-11-18T15:20:00+08:00",
    },
    response_only=True,
    status_codes=["200"],
)
