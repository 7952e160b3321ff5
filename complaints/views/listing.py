"""The list of complaints."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from callcenter.lists.show import Answer, show
from complaints import selectors
from complaints.lists import ComplaintList
from complaints.models import Complaint


@require_GET
def complaint_list(request: HttpRequest) -> Answer:
    """Show the complaints that this person may see, least working time first."""
    now = timezone.now()
    context = {"standing": SimpleLazyObject(lambda: _standing(request, now))}
    return show(request, ComplaintList(), "complaints/list.html", context)


def _standing(request: HttpRequest, now: datetime) -> selectors.Standing:
    visible = Complaint.objects.visible_to(request.user)
    return selectors.standing(visible, now=now, soon=now + timedelta(hours=1))
