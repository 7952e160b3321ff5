"""What the documentation shows of feedback."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

DEPARTMENT: Final[dict[str, Any]] = {"id": 1, "name": "IT", "scope": "Work stations, headsets, lines"}
ROW: Final[dict[str, Any]] = {
    "number": "F-7K3Q9MX",
    "kind": "question",
    "addressee": "department",
    "department": 1,
    "site": "hangzhou",
    "category": "tools",
    "subject": "Headset",
    "anonymous": False,
    "author": "20401",
    "status": "answered",
    "submitted_on": "2026-11-18",
    "released_at": "2026-11-18T10:00:00+08:00",
    "due_at": "2026-11-23T18:00:00+08:00",
    "provisional": False,
    "seconds_left": 57600.0,
    "answered_at": "2026-11-19T09:00:00+08:00",
    "escalated_at": None,
    "disputes": 0,
    "published_at": None,
    "closed_at": None,
    "ending": "",
}
TURN: Final[dict[str, Any]] = {
    "what": "answer",
    "text": "New headsets come on Wednesday.",
    "day": "2026-11-19",
    "at": "2026-11-19T09:00:00+08:00",
    "by": "7001",
}
ONE: Final[dict[str, Any]] = {
    **ROW,
    "text": "My headset crackles since Monday.",
    "public_subject": "",
    "public_text": "",
    "voices": 0,
    "talk": [TURN],
    "notes": [],
    "files": [{"id": 4612, "name": "file-7K3Q9M.png", "kind": "image/png", "size": 48210}],
    "suggestion": None,
    "acts": ["publish", "note"],
}
FILE: Final = OpenApiExample("file", "%PDF-1.7 …", response_only=True, media_type="*/*")
PUBLIC: Final[dict[str, Any]] = {
    "number": ROW["number"],
    "kind": "question",
    "department": 1,
    "category": "tools",
    "status": "answered",
    "subject": "Crackling headsets",
    "text": "Somebody asked for new headsets.",
    "answer": TURN["text"],
    "answered_at": TURN["at"],
    "published_at": "2026-11-19T09:05:00+08:00",
    "voices": 6,
    "joined": ["me_too"],
    "suggestion": None,
}
WISH: Final[dict[str, Any]] = {
    "kind": "question",
    "addressee": "department",
    "department": 1,
    "category": "tools",
    "subject": "Headset",
    "text": "My headset crackles since Monday.",
}


def answered(name: str, value: dict[str, Any], *, status: str = "200") -> OpenApiExample:
    """Return an example of an answer."""
    return OpenApiExample(name, value, response_only=True, status_codes=[status])


def asked(name: str, value: dict[str, Any]) -> OpenApiExample:
    """Return an example of a body."""
    return OpenApiExample(name, value, request_only=True)
