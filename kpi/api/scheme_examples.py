"""What the documentation shows of assessment."""

from typing import Any, Final

PARTS: Final[dict[str, Any]] = {
    "name": "Agents",
    "note": "",
    "team_share": 20,
    "indicators": [
        {
            "metric": "handle_time_p90",
            "checklist": None,
            "weighing": "primary",
            "weight": 40,
            "threshold": 360.0,
            "target": 300.0,
            "stretch": 240.0,
            "threshold_points": 60,
            "target_points": 100,
            "stretch_points": 120,
        }
    ],
    "grades": [
        {"name": "A", "at_least": "100.0", "factor": "1.20"},
        {"name": "B", "at_least": "0.0", "factor": "1.00"},
    ],
    "gates": [{"kind": "valid_complaint", "count": 1, "cap": "B"}],
}
NEW_SCHEME: Final = {"role": "agent", **PARTS}
SCHEME: Final[dict[str, Any]] = {
    "id": 3,
    "role": "agent",
    "number": 2,
    **PARTS,
    "state": "adopted",
    "since": "2026-12-01",
    "until": None,
    "made_by": "3001",
    "made_at": "2026-11-18T10:00:00+08:00",
    "adopted_by": "3001",
    "adopted_at": "2026-11-20T10:00:00+08:00",
}
NEW_TRIAL: Final = {"first_month": "2026-08-01", "last_month": "2026-10-01", "site": None}
TRIAL: Final[dict[str, Any]] = {
    "id": 5,
    "scheme": 3,
    **NEW_TRIAL,
    "by": "3001",
    "at": "2026-11-18T10:00:00+08:00",
    "job": 41,
    "finished_at": None,
}
TRIAL_ROW: Final[dict[str, Any]] = {
    "trial": 5,
    "person": "20401",
    "team": 4,
    "months": 3,
    "now_score": "89.3",
    "draft_score": "94.0",
    "change": "4.7",
    "now_grade": "B",
    "draft_grade": "B",
}
NEW_ASSESSMENT: Final = {"site": "main", "role": "agent", "month": "2026-10-01"}
ASSESSMENT: Final[dict[str, Any]] = {
    "id": 8,
    **NEW_ASSESSMENT,
    "scheme": 3,
    "state": "published",
    "computed_by": "1001",
    "computed_at": "2026-11-02T09:00:00+08:00",
    "published_by": "1001",
    "published_at": "2026-11-02T10:00:00+08:00",
    "appeal_until": "2026-11-09T17:30:00+08:00",
    "approved_by": None,
    "approved_at": None,
    "locked_by": None,
    "locked_at": None,
}
CARD: Final[dict[str, Any]] = {
    "id": 77,
    "assessment": 8,
    "site": "main",
    "role": "agent",
    "month": "2026-10-01",
    "state": "published",
    "person": "20401",
    "team": 4,
    "score": "89.3",
    "known": 100,
    "grade": "B",
    "earned": "B",
    "caps": [],
}
SCORECARD: Final[dict[str, Any]] = {
    **CARD,
    "lines": [
        {
            "indicator": 12,
            "metric": "handle_time_p90",
            "checklist": None,
            "weight": 40,
            "own": 300.0,
            "group": None,
            "own_points": 100.0,
            "group_points": None,
            "points": 100.0,
            "facts": {},
        }
    ],
    "appeal": None,
}
APPEAL: Final = {"text": "The line was down on the fifth."}
DECISION: Final[dict[str, Any]] = {
    "state": "granted",
    "decision": "The log of the line shows it.",
    "indicator": 12,
    "figure": 280.0,
    "lifts_gates": False,
}
CHECKLIST: Final[dict[str, Any]] = {
    "id": 2,
    "name": "Greeting",
    "text": "",
    "points": ["Says the name", "Sums up"],
    "is_active": True,
    "made_by": "3001",
    "made_at": "2026-11-18T10:00:00+08:00",
}
NEW_CHECKLIST: Final = {name: CHECKLIST[name] for name in ("name", "text", "points")}
NEW_RATING: Final[dict[str, Any]] = {
    "checklist": 2,
    "person": "20401",
    "month": "2026-11-01",
    "marks": [True, None],
    "note": "",
}
RATING: Final[dict[str, Any]] = {"id": 6, **NEW_RATING, "rater": "1101", "at": "2026-11-18T10:00:00+08:00"}
NEW_INTERVIEW: Final[dict[str, Any]] = {
    "person": "20401",
    "card": 77,
    "planned_for": "2026-11-20",
    "subject": "Scorecard of October",
}
INTERVIEW: Final[dict[str, Any]] = {
    "id": 4,
    **NEW_INTERVIEW,
    "lead": "1101",
    "state": "planned",
    "made_at": "2026-11-18T10:00:00+08:00",
    "held_on": None,
    "agreed": "",
}
NEW_AIM: Final[dict[str, Any]] = {
    "person": "20401",
    "metric": "fcr_of_answered",
    "goal": 0.8,
    "measures": "Listening in twice a week",
    "since": "2026-12-01",
    "until": "2026-12-31",
    "interview": None,
}
AIM: Final[dict[str, Any]] = {
    "id": 9,
    **NEW_AIM,
    "kind": "plan",
    "state": "proposed",
    "proposed_by": "1101",
    "proposed_at": "2026-11-18T10:00:00+08:00",
    "answered_by": None,
    "answered_at": None,
    "answer": "",
    "before": 0.71,
    "after": None,
    "settled_at": None,
}
