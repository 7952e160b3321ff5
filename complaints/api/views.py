"""REST of complaints."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from complaints import selectors, services
from complaints.api import examples
from complaints.api.full import MOVING, ComplaintDetailSerializer, shown
from complaints.api.serializers import ComplaintSerializer, RecordedSerializer, RecordSerializer
from complaints.filters import ComplaintFilter
from complaints.lists import ComplaintList
from complaints.models import Complaint

PLACED = ("site", "tier", "staff_concerned", "received_at")


class ComplaintListApi(ListApi):
    """`/api/v1/complaints/`."""

    reads, writes = Scope.COMPLAINTS_READ, Scope.COMPLAINTS_WRITE
    permission = "complaints.list"
    queryset = Complaint.objects.for_rest()
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    views = ComplaintList.views
    orders = {"due_at": "due_at", "received_at": "received_at", "reference": "reference"}
    order = "-reference"
    moving = MOVING

    def visible(self) -> QuerySet[Complaint]:
        """Return the complaints that the caller may see."""
        return self.queryset.visible_to(self.request.user)

    def prepare(self, rows: Sequence[Complaint]) -> None:
        """Give each its time left."""
        selectors.with_time_left(rows, now=timezone.now())

    @extend_schema(
        summary=_("List complaints"),
        description=_(
            "What the caller may see, the newest first; what is most urgent comes with view=open and ordering=due_at."
        ),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of complaints."""
        return self.list(request)

    @extend_schema(
        summary=_("Record a complaint"),
        description=_("It gets its handler and its due instant at once."),
        request=RecordSerializer,
        responses={201: RecordedSerializer},
        examples=[examples.RECORD, examples.RECORDED],
    )
    @once
    def post(self, request: Request) -> Response:
        """Record a complaint and say where it stands."""
        given = RecordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked: dict[str, Any] = dict(given.validated_data)
        placed = {name: asked.pop(name) for name in PLACED}
        complaint = services.record_complaint(
            actor=request.user, facts=services.Facts(**asked), now=timezone.now(), **placed
        )
        address = request.build_absolute_uri(reverse("complaint", args=[complaint.reference]))
        return Response(RecordedSerializer(complaint).data, status=201, headers={"Location": address})


class ComplaintApi(ApiView):
    """`/api/v1/complaints/{reference}/`."""

    reads = Scope.COMPLAINTS_READ
    moving = MOVING

    @extend_schema(
        summary=_("Read a complaint"),
        description=_(
            "One complaint with all that its course has left behind. Its ETag stands for everything but the time left."
        ),
        responses=ComplaintDetailSerializer,
        examples=[examples.READ],
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return one complaint."""
        visible = selectors.for_full(Complaint.objects.visible_to(request.user))
        return Response(shown(get_object_or_404(visible, reference=reference)))
