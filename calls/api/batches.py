"""REST of batches of calls."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Site
from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.rest.errors import told
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from calls import services
from calls.api import batch_serializers as shapes
from calls.api import examples
from calls.intake import CallRow
from calls.selectors import sites_for


class CallBatchesApi(ApiView):
    """`/api/v1/calls/batches/`."""

    writes = Scope.CALLS_WRITE

    @extend_schema(
        summary=_("Bring in calls"),
        description=_(
            "Up to 5,000 visits of calls of one source, known by source, call_id and visit: the same batch again changes "
            "nothing, a higher revision corrects. A call that cannot be taken is named, the others are stored."
        ),
        request=shapes.CallBatchSerializer,
        responses=shapes.CallsTakenSerializer,
        examples=[examples.BATCH, examples.TAKEN],
    )
    @once
    def post(self, request: Request) -> Response:
        """Record the batch and say what became of its calls."""
        require(request.user, "calls.import")
        asked = shapes.CallBatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given: dict[str, Any] = asked.validated_data
        rows, errors = _judged(given["calls"])
        taken = services.record_calls(
            actor=request.user,
            source=given["source"],
            site=_site(request, given["site"]),
            rows=rows,
            now=timezone.now(),
        )
        errors += [_contradiction(*refused) for refused in taken.refused]
        answer = {
            "new": taken.new,
            "changed": taken.changed,
            "unchanged": taken.unchanged,
            "refused": len({error["row"] for error in errors}),
            "errors": sorted(errors, key=lambda error: error["row"]),
        }
        return Response(shapes.CallsTakenSerializer(answer).data)


def _judged(calls: Sequence[Any]) -> tuple[list[CallRow], list[dict[str, Any]]]:
    """Return the calls that can be stored, and what is wrong with the others, in words."""
    judge = shapes.NewCallSerializer()
    rows, errors = [], []
    for number, call in enumerate(calls, 1):
        try:
            rows.append(CallRow(**judge.run_validation(call), row=number))
        except ValidationError as wrong:
            errors += [{"row": number, **error} for error in told(wrong.detail)]
    return rows, errors


def _contradiction(row: int, field: str, reason: str) -> dict[str, Any]:
    mend = _now("Correct it with a higher revision, or leave it out.")
    return {"row": row, "field": field or None, "code": "conflict", "message": reason, "mend": mend}


def _site(request: Request, code: str) -> Site:
    site = sites_for(request.user).filter(code=code).first()
    if site is None:
        raise DomainError(
            _now("There is no site “%(code)s” whose calls you may bring in.") % {"code": code},
            field="site",
            code="unknown",
            mend=_now("Ask /api/v1/sites/ for the codes."),
        )
    return site
