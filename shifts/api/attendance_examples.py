"""What the documentation shows of attendance, the own roster and logged states."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ADHERENCE: Final[dict[str, Any]] = {"scheduled": 28800, "logged": 28620, "right": 27360, "percent": 95}
ROW: Final[dict[str, Any]] = {
    "id": 310,
    "person": "20401",
    "shift": 4711,
    "day": "2026-11-23",
    "begins_at": "2026-11-23T09:00:00+08:00",
    "ends_at": "2026-11-23T17:00:00+08:00",
    "came_at": "2026-11-23T09:07:12+08:00",
    "left_at": "2026-11-23T17:01:40+08:00",
    "late_minutes": 7,
    "early_minutes": 0,
    "result": "late",
    "adherence": ADHERENCE,
}
ASK: Final[dict[str, Any]] = {
    "shift": 4711,
    "came_at": "2026-11-23T08:58:00+08:00",
    "left_at": None,
    "reason": "The gate was shut.",
}
CORRECTION: Final[dict[str, Any]] = {
    "id": 12,
    "person": "20401",
    "day": "2026-11-23",
    **ASK,
    "state": "asked",
    "asked_at": "2026-11-23T18:00:00+08:00",
    "decided_by": None,
    "decided_at": None,
    "decision": "",
}
DECIDED: Final[dict[str, Any]] = {
    **CORRECTION,
    "state": "approved",
    "decided_by": "1101",
    "decided_at": "2026-11-23T18:30:00+08:00",
}
SHIFT: Final[dict[str, Any]] = {
    "id": 4711,
    "code": "D",
    "name": "Day",
    "skill": "Billing",
    "site": "Harbour",
    "note": "",
    "starts_at": ROW["begins_at"],
    "ends_at": "2026-11-23T10:00:00+08:00",
    "minutes": 60,
    "parts": [
        {
            "kind": "work",
            "break_kind": None,
            "starts_at": ROW["begins_at"],
            "ends_at": "2026-11-23T10:00:00+08:00",
        }
    ],
}
DAY: Final[dict[str, Any]] = {
    "date": "2026-11-23",
    "shifts": [SHIFT],
    "leave": [],
    "changes": [],
    "meetings": [{"label": "Daily briefing", "at": "09:00:00"}],
}
SPAN: Final[dict[str, Any]] = {
    "person": "20401",
    "state": "pause",
    "starts_at": "2026-11-23T12:00:00+08:00",
    "ends_at": "2026-11-23T12:45:00+08:00",
}
TAKEN: Final[dict[str, Any]] = {
    "new": 1,
    "changed": 0,
    "unchanged": 0,
    "refused": [{"row": 2, "field": "person", "reason": "nobody of your sites has the work number 99999"}],
}
TOTAL: Final[dict[str, Any]] = {"key": "4", "name": "Osmanthus", "shifts": 20, "adherence": ADHERENCE}

LISTED: Final = OpenApiExample("attendance", ROW, response_only=True)
CORRECTIONS: Final = OpenApiExample("corrections", CORRECTION, response_only=True)
ASKED: Final = OpenApiExample("ask", ASK, request_only=True)
MADE: Final = OpenApiExample("asked", CORRECTION, response_only=True, status_codes=["201"])
APPROVE: Final = OpenApiExample("approve", {"decision": ""}, request_only=True)
REFUSE: Final = OpenApiExample("refuse", {"decision": "The door log says 09:40."}, request_only=True)
NOTHING: Final = OpenApiExample("nothing", {}, request_only=True)
DONE: Final = OpenApiExample("decided", DECIDED, response_only=True, status_codes=["200"])
DAYS: Final = OpenApiExample("days", {"results": [DAY]}, response_only=True)
CLOCK: Final = OpenApiExample("clock", {"kind": "in"}, request_only=True)
CLOCKED: Final = OpenApiExample(
    "clocked", {"kind": "in", "at": ROW["came_at"], "is_new": True, "shift": 4711}, response_only=True
)
TOTALS: Final = OpenApiExample("totals", {"results": [TOTAL]}, response_only=True)
SPANS: Final = OpenApiExample("spans", {"id": 9, **SPAN, "source": "acd"}, response_only=True)
BATCH: Final = OpenApiExample("batch", {"source": "acd", "spans": [SPAN]}, request_only=True)
OUTCOME: Final = OpenApiExample("outcome", TAKEN, response_only=True)
FEED: Final = OpenApiExample(
    "feed", {"made_at": "2026-11-20T10:00:00+08:00", "read_at": None}, response_only=True
)
NO_FEED: Final = OpenApiExample("none", {"made_at": None, "read_at": None}, response_only=True)
NEW_FEED: Final = OpenApiExample(
    "made",
    {
        "address": "https://desk.example.org/roster/calendar/0hKq….ics",
        "made_at": "2026-11-20T10:00:00+08:00",
    },
    response_only=True,
    status_codes=["201"],
)
