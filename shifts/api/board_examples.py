"""What the documentation shows of rosters."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ROSTER: Final[dict[str, Any]] = {
    "id": 7,
    "site": "hangzhou",
    "since": "2026-11-23",
    "until": "2026-11-30",
    "state": "draft",
    "revision": 12,
    "made_at": "2026-11-18T10:00:00+08:00",
    "published_at": None,
}
SHIFT: Final[dict[str, Any]] = {
    "id": 311,
    "person": "20401",
    "day": "2026-11-23",
    "pattern": "D",
    "skill": None,
    "starts_at": "2026-11-23T09:00:00+08:00",
    "ends_at": "2026-11-23T17:00:00+08:00",
    "breaks": [
        {
            "kind": "lunch",
            "starts_at": "2026-11-23T12:00:00+08:00",
            "ends_at": "2026-11-23T13:00:00+08:00",
            "is_paid": False,
        }
    ],
    "is_locked": False,
    "note": "",
    "told": False,
}
PATTERN: Final[dict[str, Any]] = {
    "id": 3,
    "site": "hangzhou",
    "code": "D",
    "name": "Day",
    "begins": "09:00:00",
    "minutes": 480,
    "colour": 3,
    "breaks": [{"kind": "lunch", "earliest": 180, "latest": 240, "minutes": 60, "is_paid": False}],
    "is_active": True,
}
ROTATION: Final[dict[str, Any]] = {
    "id": 2,
    "site": "hangzhou",
    "name": "4 on 2 off",
    "days": ["D", "D", "D", "D", "-", "-"],
    "is_active": True,
}
RULES: Final[dict[str, Any]] = {
    "rest_minutes": 660,
    "days_in_row": 6,
    "weekly_minutes": 2400,
    "notice_days": 1,
    "flexible_minutes": 60,
    "late_minutes": 1,
    "early_minutes": 1,
    "absent_minutes": 120,
}
CHANGED: Final[dict[str, Any]] = {
    "results": [
        {
            "shift": 311,
            "person": "20401",
            "day": "2026-11-23",
            "before": None,
            "after": {"starts_at": "2026-11-23T09:00:00+08:00", "ends_at": "2026-11-23T17:00:00+08:00"},
        }
    ]
}


def shown(name: str, value: dict[str, Any], status: int = 200) -> OpenApiExample:
    """Return an example of an answer."""
    return OpenApiExample(name, value, response_only=True, status_codes=[str(status)])


def sent(name: str, value: dict[str, Any]) -> OpenApiExample:
    """Return an example of what is sent."""
    return OpenApiExample(name, value, request_only=True)


ACTS: Final[dict[str, dict[str, Any]]] = {
    "put": {"person": "20401", "day": "2026-11-23", "pattern": 3, "revision": 12},
    "change": {"person": "20402", "pattern": 3, "note": ""},
    "move": {"moves": [{"shift": 311, "person": "20402", "day": "2026-11-24", "minutes": 0}], "copy": False},
    "remove": {"shifts": [311]},
    "lock": {"shifts": [311], "locked": True},
    "assign": {"people": ["20401", "20402"], "days": ["2026-11-23", "2026-11-24"], "pattern": 3},
    "rotate": {"people": ["20401", "20402"], "rotation": 2, "since": "2026-11-23", "step": 1},
    "copy-week": {"from_monday": "2026-11-16", "to_monday": "2026-11-23"},
    "undo": {},
    "publish": {"revision": 12},
    "discard": {},
}
