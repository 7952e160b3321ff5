"""Every transition of the course over REST: one view, made once for each act of the table."""

from typing import Any

from django.core.validators import slug_re
from django.db import transaction
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.exceptions import NotFound
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import FileField

from callcenter.access import require
from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.parsing import Files, Json
from callcenter.rest.schema import IF_MATCH, ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from complaints import selectors
from complaints.api import examples
from complaints.api.deeds import DEEDS, Deed
from complaints.api.full import MOVING, ComplaintDetailSerializer, shown
from complaints.enums import Act
from complaints.models import Complaint, Question
from complaints.services.acting import check


class ActApi(ApiView):
    """`/api/v1/complaints/{reference}/{act}/`."""

    writes = Scope.COMPLAINTS_WRITE
    act: Act
    deed: Deed

    @once
    @transaction.atomic
    def post(self, request: Request, reference: str) -> Response:
        """Do the act and return the complaint; who may, and when, is said before what is missing."""
        complaint = self._locked(request, reference)
        if known := request.headers.get("If-Match"):
            tags.require_match(known, tags.tag_of(_seen(request, complaint), moving=MOVING))
        require(request.user, f"complaints.{self.act}", complaint)
        check(complaint, self.act)
        context = {"complaint": complaint, "actor": request.user}
        asked = self.deed.serializer(data=request.data, context=context)
        asked.is_valid(raise_exception=True)
        self.deed.service(actor=request.user, now=timezone.now(), **asked.given())
        return _told(request, complaint)

    def _locked(self, request: Request, reference: str) -> Complaint:
        """Return the complaint, locked; with another that is named, in the order in which services lock both."""
        other = str(request.data.get("other", ""))
        named = [reference, other] if slug_re.match(other) else [reference]
        visible = Complaint.objects.visible_to(request.user)
        if self.act == Act.ANSWER:
            asked = Question.objects.filter(person=request.user).values("complaint")
            visible = Complaint.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk__in=asked))
        rows: Any = visible.filter(reference__in=named).order_by("pk").select_for_update(of=("self",))
        related = rows.select_related("site__calendar", "handler__site__calendar", "staff_concerned")
        locked: dict[str, Complaint] = {complaint.reference: complaint for complaint in related}
        if reference not in locked:
            raise NotFound
        return locked[reference]


def _seen(request: Request, complaint: Complaint) -> Any:
    """Return the complaint as the caller sees it now; None where they do not, or no more."""
    rows = Complaint.objects.visible_to(request.user).filter(pk=complaint.pk)
    return next(map(shown, selectors.for_full(rows)), None)


def _told(request: Request, complaint: Complaint) -> Response:
    """Answer with the complaint, or with nothing where the caller does not see it."""
    seen = _seen(request, complaint)
    if seen is None:
        return Response(status=204)
    return Response(seen, headers={"ETag": tags.tag_of(seen, moving=MOVING)})


def _documented(act: Act, deed: Deed) -> type[ActApi]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    takes_files = any(isinstance(field, FileField) for field in deed.serializer().fields.values())
    parser: type[BaseParser] = Files if takes_files else Json
    described = extend_schema(
        summary=act.label,
        description=deed.words,
        request=deed.serializer,
        parameters=[IF_MATCH],
        responses={
            200: ComplaintDetailSerializer,
            204: OpenApiResponse(description=_("It is done, and the complaint is not for you to see.")),
            412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
        },
        examples=[
            OpenApiExample(str(act), deed.example, request_only=True, media_type=parser.media_type),
            examples.DONE,
        ],
    )
    facts = {"act": act, "deed": deed, "parser_classes": [parser]}
    view: type[ActApi] = extend_schema_view(post=described)(type(f"{act.name}Api", (ActApi,), facts))
    return view


urlpatterns = [
    path(f"<slug:reference>/{act}/", _documented(act, deed).as_view(), name=f"complaint-{act}")
    for act, deed in DEEDS.items()
]
