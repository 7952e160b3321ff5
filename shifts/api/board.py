"""REST of rosters and their shifts: what is planned, every act on it, what would be told, publication."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from callcenter.access import require
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import board_examples as examples
from shifts.api import board_serializers as shapes
from shifts.filters.rosters import RosterFilter, ShiftFilter
from shifts.lists.rosters import RosterList
from shifts.models import Roster, Shift
from shifts.services import planning, publishing


def _rosters(request: Request) -> QuerySet[Roster]:
    rosters: QuerySet[Roster] = Roster.objects.visible_to(request.user).select_related("site__calendar")
    return rosters


def _shifts(roster: Roster) -> QuerySet[Shift]:
    rows: QuerySet[Shift] = Shift.objects.planned().filter(roster=roster)
    return rows.select_related("person", "pattern", "skill").prefetch_related("breaks")


def _shift(shift: Shift) -> Any:
    return shapes.ShiftSerializer(_shifts(shift.roster).get(pk=shift.pk)).data


class RosterListApi(ListApi):
    """`/api/v1/roster/rosters/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Roster.objects.all()
    serializer_class = shapes.RosterSerializer
    filterset_class = RosterFilter
    views = RosterList.views
    orders = {"id": "id", "made_at": "made_at"}
    order = "-id"

    def visible(self) -> QuerySet[Roster]:
        """Return the rosters whose board the caller may open."""
        return _rosters(self.request)

    @extend_schema(
        summary=_("List rosters"),
        description=_("Those whose board the caller may open, the newest first."),
        examples=[examples.shown("rosters", examples.ROSTER)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of rosters."""
        return self.list(request)

    @extend_schema(
        summary=_("Begin a roster"),
        description=_("A draft of the site's days, none of which may be in another roster."),
        request=shapes.NewRosterSerializer,
        responses={201: shapes.RosterSerializer},
        examples=[
            examples.sent("new", {"site": "hangzhou", "since": "2026-11-23", "until": "2026-11-30"}),
            examples.shown("made", examples.ROSTER, 201),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Begin a roster."""
        asked = shapes.NewRosterSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        roster = planning.make_roster(actor=request.user, now=timezone.now(), **asked.validated_data)
        address = request.build_absolute_uri(reverse("shifts_api:roster", args=[roster.pk]))
        return Response(shapes.RosterSerializer(roster).data, status=201, headers={"Location": address})


class RosterApi(ApiView):
    """`/api/v1/roster/rosters/{id}/`."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.view_rosters"

    @extend_schema(
        summary=_("Read a roster"),
        description=_("One roster; its shifts have an address of their own."),
        responses=shapes.RosterSerializer,
        examples=[examples.shown("roster", examples.ROSTER)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one roster."""
        return Response(shapes.RosterSerializer(get_object_or_404(_rosters(request), pk=pk)).data)


class ShiftListApi(ListApi):
    """`/api/v1/roster/rosters/{id}/shifts/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Shift.objects.all()
    serializer_class = shapes.ShiftSerializer
    filterset_class = ShiftFilter
    orders = {"starts_at": "starts_at", "id": "id"}
    order = "starts_at"

    def visible(self) -> QuerySet[Shift]:
        """Return the shifts of the plan."""
        return _shifts(get_object_or_404(_rosters(self.request), pk=self.kwargs["pk"]))

    @extend_schema(
        summary=_("List shifts of a roster"),
        description=_("The plan as it is now, by begin."),
        examples=[examples.shown("shifts", examples.SHIFT)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one page of shifts."""
        return self.list(request)

    @extend_schema(
        summary=_("Put a shift into a roster"),
        description=_("By a pattern or with own times; without a person it is open."),
        request=shapes.PutShiftSerializer,
        responses={201: shapes.ShiftSerializer},
        examples=[
            examples.sent("put", examples.ACTS["put"]),
            examples.shown("written", examples.SHIFT, 201),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Put a shift in."""
        roster = get_object_or_404(_rosters(request), pk=pk)
        asked = shapes.PutShiftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "roster_id": roster.pk, "now": timezone.now()}
        return Response(_shift(planning.put_shift(**given, **asked.validated_data)), status=201)


class ShiftApi(ApiView):
    """`/api/v1/roster/shifts/{id}/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Read a shift"),
        description=_("One shift of the plan of a roster that the caller may open."),
        responses=shapes.ShiftSerializer,
        examples=[examples.shown("shift", examples.SHIFT)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return one shift."""
        return Response(_shift(self._one(request, pk)))

    @extend_schema(
        summary=_("Change a shift"),
        description=_("Who works it, by which pattern or at which times, for which skill; its day stays."),
        request=shapes.ChangeShiftSerializer,
        responses=shapes.ShiftSerializer,
        examples=[
            examples.sent("change", examples.ACTS["change"]),
            examples.shown("changed", examples.SHIFT),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """Change one shift."""
        shift = self._one(request, pk)
        asked = shapes.ChangeShiftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "shift_id": shift.pk, "now": timezone.now()}
        return Response(_shift(planning.change_shift(**given, **asked.validated_data)))

    def _one(self, request: Request, pk: int) -> Shift:
        require(request.user, "shifts.view_rosters")
        return get_object_or_404(Shift.objects.planned().filter(roster__in=_rosters(request)), pk=pk)


class ChangesApi(ApiView):
    """`/api/v1/roster/rosters/{id}/changes/`."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.view_rosters"

    @extend_schema(
        summary=_("Read what a publication would tell"),
        description=_(
            "What differs from what agents were told; a shift that changes hands stands there twice."
        ),
        responses=shapes.ChangesSerializer,
        examples=[examples.shown("changes", examples.CHANGED)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the changes."""
        found = publishing.changes_of(get_object_or_404(_rosters(request), pk=pk))
        return Response(shapes.ChangesSerializer({"results": found}).data)


class ActApi(ApiView):
    """`/api/v1/roster/rosters/{id}/{act}/`."""

    writes = Scope.ROSTERS_WRITE
    asked: type[BaseSerializer[Any]]
    answer: type[BaseSerializer[Any]]
    service: Callable[..., Any]

    @once
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and say what it did."""
        roster = get_object_or_404(_rosters(request), pk=pk)
        asked = self.asked(data=request.data)
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "roster_id": roster.pk, "now": timezone.now()}
        done = self.service(**given, **asked.validated_data)
        if isinstance(done, list):
            done = {"shifts": [shift.pk for shift in done]}
        return Response(self.answer(done).data)


def _move(*, moves: list[dict[str, Any]], **given: Any) -> Any:
    read = shapes.MoveSerializer()
    return planning.move_shifts(moves=[read.move(one) for one in moves], **given)


def _remove(*, shifts: list[int], **given: Any) -> Any:
    return planning.remove_shifts(shift_ids=shifts, **given)


def _lock(*, shifts: list[int], **given: Any) -> Any:
    return planning.lock_shifts(shift_ids=shifts, **given)


def _assign(*, people: list[Any], **given: Any) -> Any:
    return planning.assign_many(people=[person.pk for person in people], **given)


def _rotate(*, people: list[Any], **given: Any) -> Any:
    return planning.rotate(people=[person.pk for person in people], **given)


def _discard(**given: Any) -> list[Shift]:
    planning.remove_roster(**given)
    return []


def act_view(
    name: str,
    words: tuple[Promise, Promise],
    asked: type[BaseSerializer[Any]],
    service: Callable[..., Any],
    answer: tuple[type[BaseSerializer[Any]], dict[str, Any]],
) -> type[ActApi]:
    """Return the view of one act, which the documentation describes as an operation of its own."""
    shape, example = answer
    described = extend_schema(
        summary=words[0],
        description=words[1],
        request=asked,
        responses=shape,
        examples=[examples.sent(name, examples.ACTS[name]), examples.shown("done", example)],
    )
    facts = {"asked": asked, "answer": shape, "service": staticmethod(service)}
    kind = type(f"{name.title().replace('-', '')}Roster", (ActApi,), facts)
    view: type[ActApi] = extend_schema_view(post=described)(kind)
    return view


DONE = (shapes.WrittenShiftsSerializer, {"shifts": [311]})
FILLED = (shapes.FilledSerializer, {"written": 14, "locked": 1, "away": 0})
ACTS = {
    "move": act_view(
        "move",
        (_("Move shifts"), _("To other people and days, all or none; or put copies of them there.")),
        shapes.MovesSerializer,
        _move,
        DONE,
    ),
    "remove": act_view(
        "remove",
        (_("Take shifts out"), _("What agents were told holds until this is published too.")),
        shapes.ShiftsSerializer,
        _remove,
        DONE,
    ),
    "lock": act_view(
        "lock",
        (_("Lock shifts"), _("What is locked is neither moved nor filled over, the auto-roster included.")),
        shapes.LockSerializer,
        _lock,
        DONE,
    ),
    "assign": act_view(
        "assign",
        (_("Assign many"), _("Every person gets the pattern on every day, but for locks and leave.")),
        shapes.AssignSerializer,
        _assign,
        FILLED,
    ),
    "rotate": act_view(
        "rotate",
        (_("Rotate"), _("People go through a rotation up to the roster's end.")),
        shapes.RotateSerializer,
        _rotate,
        FILLED,
    ),
    "copy-week": act_view(
        "copy-week",
        (_("Copy a week"), _("Of the site's plan into this roster; who has a shift there already keeps it.")),
        shapes.WeekSerializer,
        planning.copy_week,
        FILLED,
    ),
    "undo": act_view(
        "undo",
        (_("Undo"), _("The caller's last act on this roster, within an hour.")),
        shapes.NothingSerializer,
        planning.undo,
        DONE,
    ),
    "publish": act_view(
        "publish",
        (
            _("Publish a roster"),
            _("Whoever is touched is told once. Refused over approved leave, with the names."),
        ),
        shapes.RosterActSerializer,
        publishing.publish,
        (shapes.PublishedSerializer, {"people": 12, "shifts": 60}),
    ),
    "discard": act_view(
        "discard",
        (_("Throw a draft away"), _("With its shifts; not once agents were told of it.")),
        shapes.NothingSerializer,
        _discard,
        (shapes.WrittenShiftsSerializer, {"shifts": []}),
    ),
}
