"""REST of what could be asked for: swaps, substitutes, open shifts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import User
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import change_examples as examples
from shifts.api import change_serializers as shapes
from shifts.filters.changes import OpenShiftFilter
from shifts.models import Shift
from shifts.selectors.fitting import told_shifts
from shifts.selectors.offers import open_shifts, substitutes, swaps, with_why


class OpenShiftsApi(ListApi):
    """`/api/v1/roster/open-shifts/`."""

    reads = Scope.ROSTERS_READ
    queryset = Shift.objects.all()
    serializer_class = shapes.OpenShiftSerializer
    filterset_class = OpenShiftFilter
    orders = {"day": "day", "id": "id"}
    order = "day"

    def visible(self) -> QuerySet[Any]:
        """Return the open shifts of the caller's site."""
        return open_shifts(self.request.user, now=timezone.now())

    def prepare(self, rows: Sequence[Any]) -> None:
        """Say of each what keeps the caller from taking it."""
        with_why(list(rows), self.request.user)

    @extend_schema(
        summary=_("List open shifts"),
        description=_("Published shifts of the caller's site that are nobody's, and still can be asked for."),
        examples=[examples.OPEN_LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of open shifts."""
        return self.list(request)


class SwapsApi(ApiView):
    """`/api/v1/roster/shifts/{id}/swaps/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("List swaps that fit"),
        description=_(
            "Colleagues' shifts for which the caller's own one could be swapped, nearest days first. "
            "Whether the cover allows it is looked at when it is asked for."
        ),
        responses=shapes.OffersSerializer,
        examples=[examples.OFFERS],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the offers."""
        found = swaps(_own(request, pk), request.user, now=timezone.now())
        keys = {offer.colleague for offer in found}
        numbers = dict(User.objects.filter(pk__in=keys).values_list("pk", "work_number"))
        rows = [
            {"shift": offer.shift, "number": numbers[offer.colleague], "span": offer.span} for offer in found
        ]
        return Response(shapes.OffersSerializer({"results": rows}).data)


class SubstitutesApi(ApiView):
    """`/api/v1/roster/shifts/{id}/substitutes/`."""

    reads = Scope.ROSTERS_READ

    @extend_schema(
        summary=_("List substitutes who fit"),
        description=_("Colleagues whom nothing keeps from working the caller's own shift."),
        responses=shapes.ColleaguesSerializer,
        examples=[examples.COLLEAGUES],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the colleagues."""
        people = substitutes(_own(request, pk), request.user)
        return Response(shapes.ColleaguesSerializer({"results": people}).data)


def _own(request: Request, pk: int) -> Any:
    return get_object_or_404(told_shifts().filter(published_person=request.user), pk=pk)
