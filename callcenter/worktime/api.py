"""The working calendar over REST."""

import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.errors import DomainError
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from callcenter.worktime import parsing, selectors
from callcenter.worktime.clock import OutOfRange

# A “+” that was not escaped in the query arrives as a space: 2026-02-13T10:00:00 08:00.
_LOST_PLUS = re.compile(r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[:.\d]*) (\d{2}:?\d{2})")


class DueInput(serializers.Serializer[Any]):
    """What is asked."""

    received_at = serializers.CharField(
        help_text=_("ISO 8601; without an offset, in the zone of the calendar.")
    )
    policy = serializers.CharField(help_text=_("Code of the policy."))
    calendar = serializers.CharField(
        required=False, help_text=_("Code of the calendar; the policy's own, or the default, if not given.")
    )


class DueOutput(serializers.Serializer[Any]):
    """When it is over."""

    due = serializers.DateTimeField(help_text=_("In UTC."))
    provisional = serializers.BooleanField(help_text=_("The calendar of that year is not published yet."))
    policy = serializers.CharField()
    calendar = serializers.CharField()


EXAMPLE = OpenApiExample(
    "due",
    {"due": "2026-02-24T09:30:00Z", "provisional": False, "policy": "two_working_days", "calendar": "CN"},
    response_only=True,
)


class DueApi(ApiView):
    """`/api/v1/worktime/due/`."""

    reads = Scope.WORKTIME_READ

    def known_parameters(self) -> Collection[str]:
        """Name what is asked."""
        return DueInput().fields.keys()

    @extend_schema(
        summary=_("Ask when a deadline is"),
        description=_("Counts a policy's working time from the receipt on."),
        parameters=[DueInput],
        responses=DueOutput,
        examples=[EXAMPLE],
    )
    def get(self, request: Request) -> Response:
        """Answer the deadline in UTC, whether it is provisional, and what it was counted with."""
        query = request.query_params.dict()
        for name in ("received_at", "policy"):
            if not query.get(name):
                raise DomainError(_("This parameter is needed."), code="required", field=name)
        basis = selectors.basis(query["policy"], query.get("calendar", ""))
        stamp = _LOST_PLUS.sub(r"\1+\2", query["received_at"])
        try:
            due = basis.policy.due(parsing.instant(stamp, "received_at", basis.hours.spec.zone), basis.hours)
        except OutOfRange as error:
            error.field = "received_at"
            raise
        return Response(
            {
                "due": parsing.utc(due.at),
                "provisional": due.provisional,
                "policy": basis.policy.code,
                "calendar": basis.calendar,
            }
        )
