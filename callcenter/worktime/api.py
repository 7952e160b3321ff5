"""The working calendar over REST."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from callcenter.errors import DomainError
from callcenter.worktime import parsing, selectors
from callcenter.worktime.clock import OutOfRange

PARAMETERS = frozenset({"received_at", "policy", "calendar"})
# A “+” that was not escaped in the query arrives as a space: 2026-02-13T10:00:00 08:00.
_LOST_PLUS = re.compile(r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[:.\d]*) (\d{2}:?\d{2})")


class DueApi(APIView):
    """`GET due/?received_at=…&policy=…[&calendar=…]`: when a policy's amount is over."""

    def get(self, request: Request) -> Response:
        """Answer the deadline in UTC, whether it is provisional, and what it was counted with."""
        query = request.query_params.dict()
        parsing.refuse_unknown(query, PARAMETERS)
        for name in PARAMETERS & query.keys():
            if "\0" in query[name]:
                raise DomainError(_("This is no text."), field=name)
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
