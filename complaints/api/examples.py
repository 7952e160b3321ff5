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
FILE_ROW: Final[dict[str, Any]] = {
    "id": 31,
    "name": "letter.pdf",
    "kind": "application/pdf",
    "size": 48211,
    "by": "1001",
    "at": "2026-11-18T10:20:00+08:00",
}
ASKED: Final[dict[str, Any]] = {
    "id": 12,
    "person": "20401",
    "text": "Did you announce the second visit?",
    "by": "1001",
    "at": "2026-11-18T10:30:00+08:00",
    "answer": "I did not; the order said one visit.",
    "answered_at": "2026-11-18T11:05:00+08:00",
}
CLOCK: Final[dict[str, Any]] = {
    "kind": "resolution",
    "version": 1,
    "keeper": "1001",
    "starts_at": "2026-11-18T10:00:00+08:00",
    "due_at": ROW["due_at"],
    "provisional": False,
    "level": 0,
    "breached_at": None,
    "stopped_at": None,
    "paused_at": None,
}
RULING: Final[dict[str, Any]] = {
    "outcome": "valid",
    "rule": "W-1",
    "opinion": "As the recording tells.",
    "by": "3001",
    "at": "2026-11-18T14:00:00+08:00",
}
ONE: Final[dict[str, Any]] = {
    **ROW,
    "status": "valid",
    "closed_at": None,
    "customer_name": "Mr Liu",
    "contact": "138****5678",
    "customer_kind": "personal",
    "account": "The visit was charged twice.",
    "demand": "The money back.",
    "call": "hotline/0042",
    "source": "12345",
    "external_number": "2026-0007",
    "recorded_by": "1001",
    "staff_concerned": "20401",
    "investigator": None,
    "caller": None,
    "cause": "billing",
    "solution": "",
    "merged_into": None,
    "merged": [],
    "linked": ["C-2026-000124"],
    "clocks": [CLOCK],
    "pauses": [],
    "participants": [],
    "questions": [ASKED],
    "evidence": [
        {
            "kind": "recording",
            "reference": "acd/88120",
            "note": "The agent names one visit.",
            "by": "1001",
            "at": "2026-11-18T11:20:00+08:00",
        }
    ],
    "ruling": RULING,
    "follow_ups": [],
    "liabilities": [],
    "reports": [],
    "corrections": [],
    "attachments": [FILE_ROW],
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
DONE: Final = OpenApiExample("done", ONE, response_only=True, status_codes=["200"])
HAPPENED: Final = OpenApiExample(
    "happened",
    {
        "happened": "step",
        "at": RULING["at"],
        "act": "rule",
        "old": "verified",
        "new": "valid",
        "by": "3001",
        "note": RULING["opinion"],
        "facts": {"outcome": "valid", "rule": "W-1 Waiting words"},
        "clock": None,
        "version": None,
        "alert": None,
        "mark": None,
        "recipient": None,
    },
    response_only=True,
)
ACTS: Final = OpenApiExample(
    "acts",
    {
        "acts": [
            {"act": "apologise", "label": "Apologise", "possible": True, "why": ""},
            {"act": "resolve", "label": "Resolve", "possible": False, "why": "First: Apologise."},
        ],
        "next": ["apologise"],
    },
    response_only=True,
)
ATTACHMENTS: Final = OpenApiExample("attachments", {"results": [FILE_ROW]}, response_only=True)
FILE: Final = OpenApiExample("file", "%PDF-1.7 …", response_only=True, media_type="*/*")
QUESTIONS: Final = OpenApiExample("questions", {"complaint": ROW["reference"], **ASKED}, response_only=True)
