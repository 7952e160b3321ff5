"""What the documentation shows of people and places."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

PERSON: Final[dict[str, Any]] = {
    "work_number": "20401",
    "name": "Wei Fang",
    "site": "hangzhou",
    "team": 4,
    "roles": ["agent"],
    "is_active": True,
}
LISTED: Final = OpenApiExample("people", PERSON, response_only=True)
READ: Final = OpenApiExample(
    "person",
    {
        **PERSON,
        "email": "wei.fang@example.com",
        "language": "zh-hans",
        "joined_at": "2025-03-03T09:00:00+08:00",
        "superior": "1101",
    },
    response_only=True,
)
SITES: Final = OpenApiExample(
    "sites",
    {
        "code": "hangzhou",
        "name": "Hangzhou",
        "calendar": "CN",
        "time_zone": "Asia/Shanghai",
        "mail_opens": "07:30",
        "mail_closes": "21:00",
    },
    response_only=True,
)
TEAMS: Final = OpenApiExample("teams", {"id": 4, "site": "hangzhou", "name": "Osmanthus"}, response_only=True)
