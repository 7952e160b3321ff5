"""REST of complaints: reading, for now."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from callcenter.access import require
from complaints import selectors
from complaints.api.serializers import ComplaintSerializer
from complaints.forms import ListForm
from complaints.models import Complaint


class ByTimeLeft(CursorPagination):
    """Fifty complaints a page, least time left first; large tables are never counted."""

    page_size = 50
    ordering = ("due_at", "id")


class ComplaintListApi(APIView):
    """`GET /api/v1/complaints/`: what the caller may see; `view`, `tier` and `q` narrow it as on the page."""

    def get(self, request: Request) -> Response:
        """Return one page of complaints."""
        require(request.user, "complaints.list")
        now = timezone.now()
        visible = Complaint.objects.visible_to(request.user).for_list()
        found = ListForm(request.query_params).apply(visible, user=request.user, now=now)
        paginator = ByTimeLeft()
        page: Any = paginator.paginate_queryset(found, request, view=self)
        selectors.with_time_left(page, now=now)
        return paginator.get_paginated_response(ComplaintSerializer(page, many=True).data)


class ComplaintApi(APIView):
    """`GET /api/v1/complaints/{reference}/`: one complaint."""

    def get(self, request: Request, reference: str) -> Response:
        """Return one complaint."""
        visible = Complaint.objects.visible_to(request.user).for_list()
        complaint = get_object_or_404(visible, reference=reference)
        selectors.with_time_left([complaint], now=timezone.now())
        return Response(ComplaintSerializer(complaint).data)
