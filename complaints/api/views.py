"""REST of complaints."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.schema import ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from complaints import selectors, services
from complaints.api import examples
from complaints.api.serializers import (
    ComplaintDetailSerializer,
    ComplaintSerializer,
    RecordedSerializer,
    RecordSerializer,
    ResolveSerializer,
)
from complaints.filters import ComplaintFilter
from complaints.lists import ComplaintList
from complaints.models import Complaint

PLACED = ("site", "tier", "staff_concerned", "received_at")
MOVING = ("seconds_left",)


class ComplaintListApi(ListApi):
    """`/api/v1/complaints/`."""

    reads, writes = Scope.COMPLAINTS_READ, Scope.COMPLAINTS_WRITE
    permission = "complaints.list"
    queryset = Complaint.objects.all()
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    views = ComplaintList.views
    orders = {"due_at": "due_at", "received_at": "received_at", "reference": "reference"}
    order = "-reference"
    moving = MOVING

    def visible(self) -> QuerySet[Complaint]:
        """Return the complaints that the caller may see."""
        return Complaint.objects.visible_to(self.request.user).for_rest()

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
        description=_("One complaint in full. Its ETag stands for everything but the time left."),
        responses=ComplaintDetailSerializer,
        examples=[examples.READ],
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return one complaint."""
        visible = Complaint.objects.visible_to(request.user).numbered()
        return Response(_shown(get_object_or_404(visible, reference=reference)))


class ResolveApi(ApiView):
    """`/api/v1/complaints/{reference}/resolve/`."""

    writes = Scope.COMPLAINTS_WRITE

    @extend_schema(
        summary=_("Resolve a complaint"),
        description=_("Records the solution and stops the clock."),
        request=ResolveSerializer,
        parameters=[
            OpenApiParameter(
                "If-Match",
                str,
                OpenApiParameter.HEADER,
                description=_("The ETag that you read: then nothing is done if somebody changed it since."),
            )
        ],
        responses={
            200: ComplaintDetailSerializer,
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[examples.RESOLVE, examples.RESOLVED],
    )
    @once
    @transaction.atomic
    def post(self, request: Request, reference: str) -> Response:
        """Resolve a complaint and return it."""
        given = ResolveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        visible = Complaint.objects.visible_to(request.user).numbered()
        complaint = get_object_or_404(visible.select_for_update(of=("self",)), reference=reference)
        tags.require_match(request.headers.get("If-Match"), tags.tag_of(_shown(complaint), moving=MOVING))
        services.resolve_complaint(
            actor=request.user, complaint_id=complaint.pk, now=timezone.now(), **given.validated_data
        )
        shown = _shown(visible.get(pk=complaint.pk))
        return Response(shown, headers={"ETag": tags.tag_of(shown, moving=MOVING)})


def _shown(complaint: Complaint) -> Any:
    selectors.with_clock(complaint, now=timezone.now())
    return ComplaintDetailSerializer(complaint).data
