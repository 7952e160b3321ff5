"""What the documentation shows of changes and personal rules."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ASK: Final[dict[str, Any]] = {"kind": "swap", "shift": 4711, "other_shift": 4712, "reason": "School concert"}
ROW: Final[dict[str, Any]] = {
    "id": 31,
    "kind": "swap",
    "state": "asked",
    "person": "20401",
    "colleague": "20415",
    "shift": 4711,
    "starts_at": "2026-11-26T13:00:00+08:00",
    "ends_at": "2026-11-26T21:00:00+08:00",
    "other_shift": 4712,
    "other_starts_at": "2026-11-26T09:00:00+08:00",
    "other_ends_at": "2026-11-26T17:00:00+08:00",
    "new_starts_at": None,
    "new_ends_at": None,
    "reason": "School concert",
    "asked_at": "2026-11-18T10:00:00+08:00",
    "due_at": "2026-11-26T00:00:00+08:00",
    "accepted_at": None,
    "decided_by": None,
    "decided_at": None,
    "decision": "",
    "filed_by": None,
    "filed_at": None,
}
OPEN: Final[dict[str, Any]] = {
    "id": 4720,
    "day": "2026-11-27",
    "starts_at": "2026-11-27T09:00:00+08:00",
    "ends_at": "2026-11-27T13:00:00+08:00",
    "pattern": "D",
    "skill": "billing",
    "obstacles": [],
}
OFFER: Final[dict[str, Any]] = {
    "other_shift": 4712,
    "colleague": "20415",
    "day": "2026-11-26",
    "starts_at": "2026-11-26T09:00:00+08:00",
    "ends_at": "2026-11-26T17:00:00+08:00",
}
OBSTACLE: Final[dict[str, Any]] = {
    "code": "rest",
    "person": "20415",
    "message": "10 h of rest before the shift on 26 Nov 2026 at 07:00; at least 11 h.",
}
WISH: Final[dict[str, Any]] = {
    "kind": "done_by",
    "weekday": 4,
    "time": "18:00:00",
    "pattern": None,
    "priority": 2,
    "since": "2026-12-01",
    "until": None,
    "reason": "",
}
WISH_ROW: Final[dict[str, Any]] = {
    "id": 5,
    "person": "20401",
    **WISH,
    "state": "agreed",
    "decided_by": "1101",
    "decided_at": "2026-11-18T11:00:00+08:00",
}
LISTED: Final = OpenApiExample("change", ROW, response_only=True)
ASKED: Final = OpenApiExample("ask", ASK, request_only=True)
MADE: Final = OpenApiExample("asked", ROW, response_only=True, status_codes=["201"])
DONE: Final = OpenApiExample("done", {**ROW, "state": "approved"}, response_only=True, status_codes=["200"])
APPROVE: Final = OpenApiExample("approve", {"decision": ""}, request_only=True)
REFUSE: Final = OpenApiExample("refuse", {"decision": "Two are new that day."}, request_only=True)
NOTHING: Final = OpenApiExample("nothing", {}, request_only=True)
OPEN_LISTED: Final = OpenApiExample("open shift", OPEN, response_only=True)
OFFERS: Final = OpenApiExample("offers", {"results": [OFFER]}, response_only=True)
COLLEAGUES: Final = OpenApiExample(
    "colleagues", {"results": [{"colleague": "20415", "name": "Lin Yue"}]}, response_only=True
)
OBSTACLES: Final = OpenApiExample("obstacles", {"results": [OBSTACLE]}, response_only=True)
WISHES: Final = OpenApiExample("rule", WISH_ROW, response_only=True)
ASK_WISH: Final = OpenApiExample("ask", WISH, request_only=True)
MADE_WISH: Final = OpenApiExample(
    "asked", {**WISH_ROW, "state": "asked"}, response_only=True, status_codes=["201"]
)
DONE_WISH: Final = OpenApiExample("done", WISH_ROW, response_only=True, status_codes=["200"])
