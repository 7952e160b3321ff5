"""Every write about complaints: the course by people, the sweep by the machine."""

from complaints.services.acceptance import Facts, note_printing, record_complaint, show_contact
from complaints.services.pausing import pause, resume
from complaints.services.ruling import change_ruling, explain, rule
from complaints.services.solution import apologise, appoint_caller, follow_up, resolve_complaint
from complaints.services.sweep import sweep_clocks
from complaints.services.verification import (
    add_evidence,
    answer,
    appoint_investigator,
    ask,
    respond,
    verify,
)

__all__ = [
    "Facts",
    "add_evidence",
    "answer",
    "apologise",
    "appoint_caller",
    "appoint_investigator",
    "ask",
    "change_ruling",
    "explain",
    "follow_up",
    "note_printing",
    "pause",
    "record_complaint",
    "resolve_complaint",
    "respond",
    "resume",
    "rule",
    "show_contact",
    "sweep_clocks",
    "verify",
]
