"""The list of complaints."""

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from callcenter.lists.show import Answer, show
from complaints.lists import ComplaintList


@require_GET
def complaint_list(request: HttpRequest) -> Answer:
    """Show the complaints that this person may see, least working time first."""
    return show(request, ComplaintList(), "complaints/list.html")
