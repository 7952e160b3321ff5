"""What the kernel runs for the apps, by name, since it knows none of them. Settings take it from here."""

# A list -> its description.
LISTS: dict[str, str] = {
    "adherence": "shifts.lists.attendance.AdherenceList",
    "attendance": "shifts.lists.attendance.AttendanceList",
    "bulletin": "floor.lists.PostList",
    "calls": "calls.lists.CallList",
    "changes": "shifts.lists.changes.ChangeList",
    "complaints": "complaints.lists.ComplaintList",
    "conduct": "agents.conduct_lists.ConductList",
    "corrections": "shifts.lists.attendance.CorrectionList",
    "demand": "shifts.lists.needs.DemandList",
    "feedback": "feedback.lists.ItemList",
    "board": "feedback.lists.BoardList",
    "jobs": "callcenter.ops.job_list.JobList",
    "leave": "shifts.lists.leave.LeaveList",
    "leave_balances": "shifts.lists.balances.BalanceList",
    "leave_ledger": "shifts.lists.balances.LedgerList",
    "mailbox": "callcenter.ops.lists.MailList",
    "notices": "callcenter.ops.lists.NoticeList",
    "open_shifts": "shifts.lists.changes.OpenShiftList",
    "outbox": "callcenter.ops.lists.OutboxList",
    "peaks": "shifts.lists.needs.PeakList",
    "people": "agents.lists.PeopleList",
    "requirements": "shifts.lists.needs.RequirementList",
    "skills": "agents.dated_lists.SkillList",
    "teams": "agents.dated_lists.TeamList",
    "terms": "agents.dated_lists.TermsList",
    "applications": "agents.dated_lists.ApplicationList",
    "rosters": "shifts.lists.rosters.RosterList",
    "shifts": "shifts.lists.shifts.ShiftList",
    "shift_patterns": "shifts.lists.patterns.PatternList",
    "service_rules": "agents.conduct_lists.RuleList",
    "styleguide": "callcenter.styleguide.lists.SampleList",
    "wishes": "shifts.lists.wishes.WishList",
}
# A kind of job -> the function that does it.
JOB_KINDS: dict[str, str] = {
    "auto_roster": "shifts.work.auto_roster",
    "export": "callcenter.lists.work.export",
    "forecast": "shifts.forecast_job.work",
    "import": "callcenter.imports.work.bring_in",
}
# A kind of file that comes in -> its description.
IMPORT_KINDS: dict[str, str] = {
    "balances": "shifts.balance_kind.BalancesKind",
    "calls": "calls.kind.CallsKind",
    "complaints": "complaints.importing.ComplaintsKind",
    "demand": "shifts.need_kinds.DemandKind",
    "requirements": "shifts.need_kinds.RequirementsKind",
    "staff": "agents.staff.StaffKind",
    "states": "shifts.state_kind.StatesKind",
    "skills": "agents.dated_kinds.SkillsKind",
    "terms": "agents.dated_kinds.TermsKind",
}
# A part of the search -> the function that finds.
SEARCHES: dict[str, str] = {
    "complaints": "complaints.in_frame.find_complaints",
    "feedback": "feedback.in_frame.find_items",
    "people": "agents.in_frame.find_people",
    "bulletin": "floor.in_frame.find_posts",
    "pages": "callcenter.search.pages.find_pages",
}
# The name of a page in the navigation -> the function that counts what waits there.
COUNTS: dict[str, str] = {
    "today": "complaints.in_frame.on_desk",
    "complaints:list": "complaints.in_frame.unfinished",
    "feedback:board": "feedback.in_frame.waiting",
    "shifts:home": "shifts.in_frame.waiting",
    "floor:list": "floor.in_frame.must_read",
}
# Templates that stand at the end of every page of a signed-in person.
FRAME_PARTS = ["feedback/_rights.html"]
# The function that says at which sites and teams somebody may look.
PLACES = "agents.in_frame.places"
# Closed lists of words for which several fields have the same name, or several names.
ENUM_NAMES: dict[str, str | list[str]] = {
    "ApplicationState": "agents.enums.ApplicationState",
    "TimeLeft": ["ontime", "risk", "late"],
    "FeedbackStatus": "feedback.enums.Status",
    "FeedbackAct": "feedback.enums.Act",
    "SuggestionState": "feedback.enums.SuggestionState",
    "Interest": "feedback.enums.Interest",
    "FeedbackKind": "feedback.enums.Kind",
    "ChangeKind": "shifts.enums.ChangeKind",
    "WishKind": "shifts.enums.WishKind",
    "AttendanceCorrectionState": "shifts.enums.CorrectionState",
    "PunchKind": "shifts.enums.PunchKind",
    "BreakKind": "shifts.enums.BreakKind",
    "AgentState": "shifts.enums.AgentState",
    "LeaveState": "shifts.enums.LeaveState",
    "LeaveEntryKind": "shifts.enums.EntryKind",
    "Act": "complaints.enums.Act",
    "AlertKind": "complaints.enums.AlertKind",
    "ClockKind": "complaints.enums.ClockKind",
    "CorrectionState": "complaints.enums.CorrectionState",
    "EvidenceKind": "complaints.enums.EvidenceKind",
    "FollowUpOutcome": "complaints.enums.FollowUpOutcome",
    "Outcome": "complaints.enums.Outcome",
    "Status": "complaints.enums.Status",
}
# Tasks that run every SWEEP_SECONDS.
SWEEPS = (
    "complaints.sweep_clocks",
    "complaints.retell",
    "outbox.drain",
    "jobs.recover",
    "floor.remind",
    "conduct.finish_replies",
    "feedback.escalate_overdue",
    "feedback.close_silent",
)
# Seconds between two runs -> the tasks.
TASKS: dict[int, tuple[str, ...]] = {
    60: ("complaints.recount_clocks", "complaints.publish_outcomes", "attendance.sweep", "changes.lapse"),
    1800: ("feedback.release_batches",),
    3600: (
        "complaints.tidy_files",
        "peaks.make_ahead",
        "complaints.watch_corrections",
        "complaints.write_monthly",
        "jobs.tidy",
        "imports.tidy",
        "rest.forget_answers",
        "tokens.warn_of_expiry",
        "feedback.remind_of_suggestions",
        "feedback.erase_old",
        "feedback.tend_keys",
        "feedback.make_reports",
        "leave.tend_balances",
    ),
}
