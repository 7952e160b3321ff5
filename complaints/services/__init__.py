"""Every write about complaints: the course by people, the sweep by the machine."""

from complaints.services.acceptance import Facts, foresee, note_printing, record_complaint, show_contact
from complaints.services.accountability import hold_to_account, publish_outcomes, set_cause
from complaints.services.attaching import attach, remove_orphans, take_attachment
from complaints.services.causes import add_cause, remove_cause, rename_cause, restore_cause, retire_cause
from complaints.services.corrections import carry_out, judge_correction, plan_correction, watch_corrections
from complaints.services.ending import close_complaint, reopen
from complaints.services.joining import link, merge
from complaints.services.monthly import note_export, write_monthly
from complaints.services.pausing import pause, resume
from complaints.services.policies import (
    add_clock_policy,
    change_clock_policy,
    remove_clock_policy,
    set_course_policy,
)
from complaints.services.raising import raise_tier
from complaints.services.reaching import retell
from complaints.services.recounting import recount_clocks
from complaints.services.reporting import file_report
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
    "add_cause",
    "add_clock_policy",
    "add_evidence",
    "answer",
    "apologise",
    "appoint_caller",
    "appoint_investigator",
    "ask",
    "attach",
    "carry_out",
    "change_clock_policy",
    "change_ruling",
    "close_complaint",
    "explain",
    "file_report",
    "follow_up",
    "foresee",
    "hold_to_account",
    "judge_correction",
    "link",
    "merge",
    "note_export",
    "note_printing",
    "pause",
    "plan_correction",
    "publish_outcomes",
    "raise_tier",
    "record_complaint",
    "recount_clocks",
    "remove_cause",
    "remove_clock_policy",
    "remove_orphans",
    "rename_cause",
    "reopen",
    "resolve_complaint",
    "respond",
    "restore_cause",
    "resume",
    "retell",
    "retire_cause",
    "rule",
    "set_cause",
    "set_course_policy",
    "show_contact",
    "sweep_clocks",
    "take_attachment",
    "verify",
    "watch_corrections",
    "write_monthly",
]
