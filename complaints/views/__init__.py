"""Pages of complaints."""

from complaints.views.acting import act, answer, questions
from complaints.views.alike import alike
from complaints.views.analysis import analysis, analysis_pdf, analysis_sheet, month, month_pdf, months
from complaints.views.causes import causes, change_cause, new_cause, rename_cause
from complaints.views.complaint import contact, detail
from complaints.views.desk import today
from complaints.views.files import attachment
from complaints.views.listing import complaint_list
from complaints.views.policies import (
    change_clock_policy,
    clock_policies,
    new_clock_policy,
    remove_clock_policy,
)
from complaints.views.printed import printed, report
from complaints.views.record import about_customer, find_customer, find_staff, foresee, record

__all__ = [
    "about_customer",
    "act",
    "alike",
    "analysis",
    "analysis_pdf",
    "analysis_sheet",
    "answer",
    "attachment",
    "causes",
    "change_cause",
    "change_clock_policy",
    "clock_policies",
    "complaint_list",
    "contact",
    "detail",
    "find_customer",
    "find_staff",
    "foresee",
    "month",
    "month_pdf",
    "months",
    "new_cause",
    "new_clock_policy",
    "printed",
    "questions",
    "record",
    "remove_clock_policy",
    "rename_cause",
    "report",
    "today",
]
