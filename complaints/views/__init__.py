"""Pages of complaints."""

from complaints.views.complaint import contact, detail, resolve
from complaints.views.desk import today
from complaints.views.listing import complaint_list
from complaints.views.printed import printed
from complaints.views.record import record

__all__ = ["complaint_list", "contact", "detail", "printed", "record", "resolve", "today"]
