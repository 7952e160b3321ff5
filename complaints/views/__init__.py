"""Pages of complaints."""

from complaints.views.acting import act, answer, questions
from complaints.views.alike import alike
from complaints.views.analysis import analysis, analysis_pdf, analysis_sheet, month, month_pdf, months
from complaints.views.causes import causes, change_cause, new_cause, rename_cause
from complaints.views.complaint import contact, detail
from complaints.views.desk import today
from complaints.views.files import attachment
from complaints.views.listing import complaint_list
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
    "printed",
    "questions",
    "record",
    "rename_cause",
    "report",
    "today",
]
