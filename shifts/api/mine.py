"""REST of the own roster, the clock, the calendar address, and of logged states."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.errors import DomainError
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import attendance_examples as examples
from shifts.api import attendance_serializers as shapes
from shifts.enums import PunchKind
from shifts.filters.attendance import StateFilter
from shifts.models import StateSpan
from shifts.selectors import mine
from shifts.services import attendance, feeds
from shifts.services.states import StateRow, record_states

MOST_DAYS = 100


class MyDaysApi(ApiView):
    """`/api/v1/roster/mine/`."""

    reads = Scope.ROSTERS_READ

    def known_parameters(self) -> Collection[str]:
        """Name the days."""
        return shapes.DaysAskedSerializer().fields.keys()

    @extend_schema(
        summary=_("Read the own roster"),
        description=_("Published shifts, leave, changes that wait and meetings of the caller, day by day."),
        parameters=[shapes.DaysAskedSerializer],
        responses=shapes.MyDaysSerializer,
        examples=[examples.DAYS],
    )
    def get(self, request: Request) -> Response:
        """Return the days."""
        asked = shapes.DaysAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        since, until = asked.validated_data["since"], asked.validated_data["until"]
        if not 0 <= (until - since).days < MOST_DAYS or not 1970 <= since.year < 2200:  # noqa: PLR2004 (years that are meant)
            raise DomainError(
                _now("These are no days, or too many."),
                field="until",
                mend=_now("Ask for 1 to %(most)d days.") % {"most": MOST_DAYS},
            )
        found = mine.days(request.user, since, until + timedelta(days=1), timezone.now())
        return Response(shapes.MyDaysSerializer({"results": found}).data)


class ClockApi(ApiView):
    """`/api/v1/roster/clock/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Clock in or out"),
        description=_(
            "Now, and for the caller. Who is clocked so already for the same shift stays as they are."
        ),
        request=shapes.ClockSerializer,
        responses=shapes.ClockedSerializer,
        examples=[examples.CLOCK, examples.CLOCKED],
    )
    @once
    def post(self, request: Request) -> Response:
        """Make the mark."""
        asked = shapes.ClockSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        kind = PunchKind(asked.validated_data["kind"])
        done = attendance.clock(actor=request.user, kind=kind, now=timezone.now())
        return Response(shapes.ClockedSerializer(done).data)


class StatesApi(ListApi):
    """`/api/v1/roster/states/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.STATES_WRITE
    queryset = StateSpan.objects.all()
    serializer_class = shapes.StateSpanSerializer
    filterset_class = StateFilter
    orders = {"id": "id"}
    order = "-id"

    def visible(self) -> QuerySet[StateSpan]:
        """Return the states that the caller sees."""
        return StateSpan.objects.visible_to(self.request.user).select_related("person")

    @extend_schema(
        summary=_("List logged states"),
        description=_("Of the caller and of the people whom they answer for, the last that came in first."),
        examples=[examples.SPANS],
    )
    def get(self, request: Request) -> Response:
        """Return one page of states."""
        return self.list(request)

    @extend_schema(
        summary=_("Bring in logged states"),
        description=_(
            "What a telephone system says that agents of the caller's sites did. The same batch again changes nothing; "
            "what the same source says later about the same time takes the place of what it said before."
        ),
        request=shapes.StateBatchSerializer,
        responses=shapes.StatesTakenSerializer,
        examples=[examples.BATCH, examples.OUTCOME],
    )
    @once
    def post(self, request: Request) -> Response:
        """Record the batch; rows that cannot be taken are named, the others stand."""
        asked = shapes.StateBatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given: dict[str, Any] = asked.validated_data
        rows = [StateRow(number, **row) for number, row in enumerate(given["spans"], 1)]
        taken = record_states(actor=request.user, source=given["source"], rows=rows, now=timezone.now())
        refused = [{"row": row, "field": field, "reason": why} for row, field, why in sorted(taken.refused)]
        told = {"new": taken.new, "changed": taken.changed, "unchanged": taken.unchanged, "refused": refused}
        return Response(shapes.StatesTakenSerializer(told).data)


class CalendarApi(ApiView):
    """`/api/v1/roster/calendar/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Read whether there is a calendar address"),
        description=_("When the caller's was made and read last; the address itself cannot be read again."),
        responses=shapes.CalendarFeedSerializer,
        examples=[examples.FEED],
    )
    def get(self, request: Request) -> Response:
        """Say when it was made and read."""
        feed = feeds.live_feed(request.user)
        told = {"made_at": feed.made_at if feed else None, "read_at": feed.read_at if feed else None}
        return Response(shapes.CalendarFeedSerializer(told).data)

    @extend_schema(
        summary=_("Make a calendar address"),
        description=_("A secret address of the caller's roster as iCalendar; one that was made before ends."),
        request=shapes.NothingSerializer,
        responses={201: shapes.MadeCalendarFeedSerializer},
        examples=[examples.NOTHING, examples.NEW_FEED],
    )
    def post(self, request: Request) -> Response:
        """Make it; a repeated request makes another, since no answer with a secret is kept."""
        feed, secret = feeds.make_feed(actor=request.user, now=timezone.now())
        address = settings.PUBLIC_URL + reverse("shifts:feed", args=[secret])
        told = {"address": address, "made_at": feed.made_at}
        return Response(shapes.MadeCalendarFeedSerializer(told).data, status=201)


class RevokeCalendarApi(ApiView):
    """`/api/v1/roster/calendar/revoke/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("End the calendar address"),
        description=_("At once and for ever."),
        request=shapes.NothingSerializer,
        responses=shapes.CalendarFeedSerializer,
        examples=[examples.NOTHING, examples.NO_FEED],
    )
    @once
    def post(self, request: Request) -> Response:
        """End it."""
        feeds.revoke_feed(actor=request.user, now=timezone.now())
        return Response(shapes.CalendarFeedSerializer({"made_at": None, "read_at": None}).data)
