"""The files of a complaint over REST; sending one is the act `attach`."""

from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.handing_out import handed_out
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from complaints import services
from complaints.api import examples
from complaints.api.full import AttachmentSerializer
from complaints.models import Attachment, Complaint


class AttachmentsSerializer(serializers.Serializer[Any]):
    """At most ten."""

    results = AttachmentSerializer(many=True)


class AttachmentsApi(ApiView):
    """`/api/v1/complaints/{reference}/attachments/`."""

    reads = Scope.COMPLAINTS_READ

    @extend_schema(
        operation_id="complaints_attachments_list",
        summary=_("List the files of a complaint"),
        description=_("The earliest first, at most ten."),
        responses=AttachmentsSerializer,
        examples=[examples.ATTACHMENTS],
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return the files."""
        complaint = get_object_or_404(Complaint.objects.visible_to(request.user), reference=reference)
        found = complaint.attachments.select_related("by").order_by("at", "pk")
        return Response(AttachmentsSerializer({"results": found}).data)


class AttachmentApi(ApiView):
    """`/api/v1/complaints/{reference}/attachments/{number}/`."""

    reads = Scope.COMPLAINTS_READ
    hands_out_files = True

    @extend_schema(
        summary=_("Save a file of a complaint"),
        description=_("Its content, with the type that was found in it. That it was taken is on record."),
        responses={(200, "*/*"): OpenApiTypes.BINARY},
        examples=[examples.FILE],
    )
    def get(self, request: Request, reference: str, number: int) -> FileResponse:
        """Hand the file out."""
        complaint = get_object_or_404(Complaint.objects.visible_to(request.user), reference=reference)
        try:
            found = services.take_attachment(
                actor=request.user, complaint_id=complaint.pk, attachment_id=number, now=timezone.now()
            )
        except Attachment.DoesNotExist as error:
            raise Http404 from error
        return handed_out(found)
