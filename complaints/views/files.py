"""The files of a complaint."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.handing_out import handed_out
from complaints import services
from complaints.models import Attachment
from complaints.views.complaint import visible_or_404


@require_GET
def attachment(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """Hand a file out, to be saved and never shown in the browser; that it was taken is on record."""
    complaint = visible_or_404(request, reference)
    try:
        found = services.take_attachment(
            actor=request.user, complaint_id=complaint.pk, attachment_id=pk, now=timezone.now()
        )
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    return handed_out(found)
