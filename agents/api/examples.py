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
HELD: Final[dict[str, Any]] = {"skill": "billing", "level": 3, "since": "2026-03-01", "until": None}
LED: Final[dict[str, Any]] = {"id": 31, "team": 4, "person": "1101", "since": "2025-01-01", "until": None}
RECORD: Final = OpenApiExample(
    "record",
    {
        "work_number": "20401",
        "memberships": [{"id": 812, "team": 4, "since": "2025-03-03", "until": None}],
        "leaderships": [],
        "skills": [HELD],
        "employments": [{"since": "2025-03-03", "until": None}],
        "contracts": [{"weekly_minutes": 2400, "since": "2025-03-03", "until": None}],
        "extra_roles": [{"role": "sme", "since": "2026-05-01", "until": "2027-05-01"}],
    },
    response_only=True,
)
TEAM_ON: Final = OpenApiExample(
    "team",
    {
        "id": 4,
        "site": "hangzhou",
        "name": "Osmanthus",
        "on": "2026-11-22",
        "lead": "1101",
        "heads": 1,
        "span": 1,
        "is_far": True,
        "members": [
            {"work_number": "20401", "name": "Wei Fang", "since": "2025-03-03", "skills": {"billing": 3}}
        ],
        "leaderships": [LED],
    },
    response_only=True,
)
SKILLS_HELD: Final = OpenApiExample(
    "skills of people", {"id": 5, "person": "20401", **HELD}, response_only=True
)
SKILL: Final = OpenApiExample("skill", {"code": "billing", "name": "Billing", "is_active": True})
EXTRA_ROLE: Final = OpenApiExample(
    "extra role",
    {"code": "sme", "name": "Expert", "description": "Answers colleagues on tariffs.", "is_open": True},
)
APPLICATION: Final = OpenApiExample(
    "application",
    {
        "id": 7,
        "person": "20401",
        "role": "sme",
        "reason": "I know the tariffs.",
        "state": "approved",
        "asked_at": "2026-11-20T09:00:00+08:00",
        "decided_by": "1101",
        "decided_at": "2026-11-21T10:30:00+08:00",
        "decision": "Well earned.",
    },
    response_only=True,
)
