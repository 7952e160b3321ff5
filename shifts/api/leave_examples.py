"""What the documentation shows of leave."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ASK: Final[dict[str, Any]] = {
    "type": "annual",
    "starts_at": "2026-12-03T13:00:00+08:00",
    "ends_at": "2026-12-03T17:30:00+08:00",
    "reason": "",
}
ROW: Final[dict[str, Any]] = {
    "id": 12,
    "person": "20401",
    **ASK,
    "minutes": 270,
    "state": "approved",
    "requested_at": "2026-11-18T10:00:00+08:00",
    "decided_by": "1101",
    "decided_at": "2026-11-18T11:00:00+08:00",
    "decision": "",
    "override_reason": "",
    "filed_by": None,
    "filed_at": None,
}
TYPE: Final[dict[str, Any]] = {
    "code": "annual",
    "name": "Annual leave",
    "is_limited": True,
    "yearly_minutes": 4800,
    "carry_minutes": 960,
    "carry_until_month": 3,
    "is_active": True,
}
LISTED: Final = OpenApiExample("leave", ROW, response_only=True)
ASKED: Final = OpenApiExample("ask", ASK, request_only=True)
MADE: Final = OpenApiExample("asked", ROW | {"state": "requested"}, response_only=True, status_codes=["201"])
DONE: Final = OpenApiExample("done", ROW, response_only=True, status_codes=["200"])
APPROVE: Final = OpenApiExample("approve", {"override_reason": "", "decision": ""}, request_only=True)
REFUSE: Final = OpenApiExample("refuse", {"decision": "Three are away already."}, request_only=True)
NOTHING: Final = OpenApiExample("nothing", {}, request_only=True)
FORESEEN: Final = OpenApiExample(
    "foreseen",
    {
        "minutes": 270,
        "days": [{"day": "2026-12-03", "minutes": 270, "by_roster": True}],
        "left": [{"year": 2026, "minutes": 1890}],
        "peaks": [],
        "refusal": None,
    },
    response_only=True,
)
EFFECT: Final = OpenApiExample(
    "effect",
    {
        "results": [
            {
                "starts_at": "2026-12-03T13:00:00+08:00",
                "skill": "billing",
                "required": 4,
                "before": 4,
                "after": 3,
                "is_new_gap": True,
            }
        ]
    },
    response_only=True,
)
TYPES: Final = OpenApiExample("types", TYPE, response_only=True)
SAVE_TYPE: Final = OpenApiExample("type", TYPE, request_only=True)
SAVED_TYPE: Final = OpenApiExample("saved", TYPE, response_only=True, status_codes=["200", "201"])
BALANCE: Final = OpenApiExample(
    "balance",
    {
        "id": 7,
        "person": "20401",
        "type": "annual",
        "year": 2026,
        "granted": 4800,
        "carried": 960,
        "used": 3870,
        "left": 1890,
    },
    response_only=True,
)
ENTRY: Final[dict[str, Any]] = {
    "id": 31,
    "person": "20401",
    "type": "annual",
    "year": 2026,
    "kind": "correction",
    "minutes": -90,
    "leave": None,
    "note": "Counted twice",
    "by": "6001",
    "at": "2026-11-18T10:00:00+08:00",
}
ENTRIES: Final = OpenApiExample("movements", ENTRY, response_only=True)
CORRECT: Final = OpenApiExample(
    "correct",
    {name: ENTRY[name] for name in ("person", "type", "year", "minutes", "note")},
    request_only=True,
)
CORRECTED: Final = OpenApiExample("corrected", ENTRY, response_only=True, status_codes=["201"])
