"""What the documentation shows of the bulletin."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

ROW: Final[dict[str, Any]] = {
    "number": 12,
    "title": "Waiting words after ten seconds",
    "author": "1001",
    "audience": "site",
    "site": "hangzhou",
    "team": None,
    "role": "",
    "source": "C-2026-000123",
    "published_at": "2026-11-18T10:00:00+08:00",
    "due_at": "2026-11-20T17:30:00+08:00",
    "read_at": None,
    "withdrawn_at": None,
}
ONE: Final[dict[str, Any]] = {
    **ROW,
    "text": "Whoever looks something up says so, and says so again after ten seconds.",
    "read_by": 214,
    "people": 300,
}
LISTED: Final = OpenApiExample("bulletin", ROW, response_only=True)
READ: Final = OpenApiExample("post", ONE, response_only=True)
MARKED: Final = OpenApiExample(
    "marked",
    {**ONE, "read_at": "2026-11-18T10:20:00+08:00", "read_by": 215},
    response_only=True,
    status_codes=["200"],
)
