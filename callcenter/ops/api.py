"""What a mail server reports, over REST."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.ops import services
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView


class BounceSerializer(serializers.Serializer[Any]):
    """A mail that came back."""

    message_id = serializers.CharField(
        max_length=255,
        default="",
        allow_blank=True,
        help_text=_(
            "The Message-ID of the mail; without one, every mail to the recipient of the last five days is meant."
        ),
    )
    recipient = serializers.EmailField(
        default="",
        allow_blank=True,
        help_text=_("The address that could not be reached; without one, everybody in To is meant."),
    )
    reason = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text=_("What the other server said.")
    )


class NotedSerializer(serializers.Serializer[Any]):
    """What became of a report."""

    noted = serializers.IntegerField(
        help_text=_("How many of our mails it was news about; 0 if all of it was known.")
    )


REPORT = OpenApiExample(
    "bounce",
    {
        "message_id": "<4711.clock.7.escalation.1@desk.example.com>",
        "recipient": "2001@example.org",
        "reason": "550 5.1.1 no such user",
    },
    request_only=True,
)
NOTED = OpenApiExample("noted", {"noted": 1}, response_only=True, status_codes=["200"])


class BouncesApi(ApiView):
    """`/api/v1/mail/bounces/`."""

    writes = Scope.MAIL_BOUNCES

    @extend_schema(
        summary=_("Report a mail that came back"),
        description=_(
            "Whoever was to be told by it counts as not told: they get a notice in the app, and an escalation goes on"
            " to the next person. The same report again changes nothing."
        ),
        request=BounceSerializer,
        responses=NotedSerializer,
        examples=[REPORT, NOTED],
    )
    @once
    def post(self, request: Request) -> Response:
        """Write the report down."""
        given = BounceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        noted = services.report_bounce(actor=request.user, now=timezone.now(), **given.validated_data)
        return Response({"noted": noted})
