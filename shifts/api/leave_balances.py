"""REST of what is left of leave: types, balances, the movements behind them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import leave_examples as examples
from shifts.api import leave_serializers as shapes
from shifts.filters.leave import BalanceFilter, LedgerFilter
from shifts.models import LeaveEntry, LeaveType
from shifts.services.balances import correct_balance
from shifts.services.leave_types import save_leave_type


class LeaveTypeListApi(ListApi):
    """`/api/v1/roster/leave/types/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = LeaveType.objects.all()
    serializer_class = shapes.LeaveTypeSerializer
    orders = {"code": "code", "name": "name"}
    order = "code"

    def visible(self) -> QuerySet[LeaveType]:
        """Return every type."""
        return LeaveType.objects.all()

    @extend_schema(
        summary=_("List types of leave"),
        description=_("Every type, those that are no longer in use too."),
        examples=[examples.TYPES],
    )
    def get(self, request: Request) -> Response:
        """Return one page of types."""
        return self.list(request)

    @extend_schema(
        summary=_("Make a type of leave"),
        description=_("General affairs keep them."),
        request=shapes.LeaveTypeSerializer,
        responses={201: shapes.LeaveTypeSerializer},
        examples=[examples.SAVE_TYPE, examples.SAVED_TYPE],
    )
    @once
    def post(self, request: Request) -> Response:
        """Make a type."""
        return _save(request, None, status=201)


class LeaveTypeApi(ApiView):
    """`/api/v1/roster/leave/types/{code}/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        operation_id="roster_leave_types_change",
        summary=_("Change a type of leave"),
        description=_("Grants that were written already stay as they are."),
        request=shapes.LeaveTypeSerializer,
        responses=shapes.LeaveTypeSerializer,
        examples=[examples.SAVE_TYPE, examples.SAVED_TYPE],
    )
    @once
    def post(self, request: Request, code: str) -> Response:
        """Change a type."""
        return _save(request, get_object_or_404(LeaveType, code=code), status=200)


def _save(request: Request, kind: LeaveType | None, *, status: int) -> Response:
    given = shapes.LeaveTypeSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    saved = save_leave_type(
        actor=request.user,
        type_id=kind.pk if kind else None,
        facts=given.validated_data,
        now=timezone.now(),
    )
    return Response(shapes.LeaveTypeSerializer(saved).data, status=status)


class BalanceListApi(ListApi):
    """`/api/v1/roster/leave/balances/`."""

    reads = Scope.ROSTERS_READ
    queryset = LeaveEntry.objects.all()
    serializer_class = shapes.LeaveBalanceSerializer
    filterset_class = BalanceFilter
    orders = {"id": "id"}
    order = "id"

    def visible(self) -> QuerySet[LeaveEntry]:
        """Return the balances that the caller sees."""
        return LeaveEntry.objects.visible_to(self.request.user).balances().select_related("person", "type")

    @extend_schema(
        summary=_("List balances of leave"),
        description=_("The caller's own, and those of the people whom they answer for, by year. Minutes."),
        examples=[examples.BALANCE],
    )
    def get(self, request: Request) -> Response:
        """Return one page of balances."""
        return self.list(request)


class LedgerApi(ListApi):
    """`/api/v1/roster/leave/ledger/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = LeaveEntry.objects.all()
    serializer_class = shapes.LeaveEntrySerializer
    filterset_class = LedgerFilter
    orders = {"at": "at", "id": "id"}
    order = "-at"

    def visible(self) -> QuerySet[LeaveEntry]:
        """Return the movements that the caller sees."""
        return LeaveEntry.objects.visible_to(self.request.user).select_related("person", "type", "by")

    @extend_schema(
        summary=_("List movements of leave balances"),
        description=_("Grants, what leave holds and gives back, corrections; never changed once written."),
        examples=[examples.ENTRIES],
    )
    def get(self, request: Request) -> Response:
        """Return one page of movements."""
        return self.list(request)

    @extend_schema(
        summary=_("Correct a balance of leave"),
        description=_("By general affairs, never the own one."),
        request=shapes.CorrectBalanceSerializer,
        responses={201: shapes.LeaveEntrySerializer},
        examples=[examples.CORRECT, examples.CORRECTED],
    )
    @once
    def post(self, request: Request) -> Response:
        """Enter a correction."""
        given = shapes.CorrectBalanceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        entry = correct_balance(actor=request.user, now=timezone.now(), **given.validated_data)
        return Response(shapes.LeaveEntrySerializer(entry).data, status=201)
