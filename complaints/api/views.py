"""REST of complaints: reading, for now."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from callcenter.access import require
from callcenter.pages import slice_after
from complaints import selectors
from complaints.api.serializers import ComplaintSerializer
from complaints.forms import ListForm
from complaints.models import Complaint

PAGE = 50


class ComplaintListApi(APIView):
    """`GET /api/v1/complaints/`: what the caller may see; `view`, `tier` and `q` narrow it as on the page.

    Fifty at a time, the nearest deadline first; `next` is the address of those after them, null at the end.
    """

    def get(self, request: Request) -> Response:
        """Return one page of complaints."""
        require(request.user, "complaints.list")
        now = timezone.now()
        visible = Complaint.objects.visible_to(request.user).for_list()
        found = ListForm(request.query_params).apply(visible, user=request.user, now=now)
        cursor = request.query_params.get("cursor", "")
        rows, following = slice_after(found, cursor, field="due_at", size=PAGE)
        selectors.with_time_left(rows, now=now)
        query = request.query_params.copy()
        query["cursor"] = following
        address = request.build_absolute_uri(f"?{query.urlencode()}") if following else None
        return Response({"next": address, "results": ComplaintSerializer(rows, many=True).data})


class ComplaintApi(APIView):
    """`GET /api/v1/complaints/{reference}/`: one complaint."""

    def get(self, request: Request, reference: str) -> Response:
        """Return one complaint."""
        visible = Complaint.objects.visible_to(request.user).for_list()
        complaint = get_object_or_404(visible, reference=reference)
        selectors.with_time_left([complaint], now=timezone.now())
        return Response(ComplaintSerializer(complaint).data)
