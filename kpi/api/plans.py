"""Checklists, ratings, interviews and aims over REST."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ListApi
from kpi.api import plan_serializers as shapes
from kpi.api import scheme_examples as examples
from kpi.api.assess_acts import Thing, act, reader
from kpi.facts import AimFacts
from kpi.filters.assessments import AimFilter, InterviewFilter, RatingFilter
from kpi.lists.plans import AimList, InterviewList, RatingList
from kpi.models import Aim, Checklist, Interview, Rating
from kpi.services import aims, checklists, interviews


def _checklists(_request: Request) -> QuerySet[Checklist]:
    return Checklist.objects.select_related("made_by").prefetch_related("points")


def _ratings(request: Request) -> QuerySet[Rating]:
    rows: QuerySet[Rating] = Rating.objects.visible_to(request.user).for_list()
    return rows


def _interviews(request: Request) -> QuerySet[Interview]:
    rows: QuerySet[Interview] = Interview.objects.visible_to(request.user).for_list()
    return rows


def _aims(request: Request) -> QuerySet[Aim]:
    rows: QuerySet[Aim] = Aim.objects.visible_to(request.user).for_list()
    return rows


CHECKLIST = Thing("checklist", _checklists, shapes.ChecklistSerializer, "checklist_id", examples.CHECKLIST)
INTERVIEW = Thing("interview", _interviews, shapes.InterviewSerializer, "interview_id", examples.INTERVIEW)
AIM = Thing("aim", _aims, shapes.AimSerializer, "aim_id", examples.AIM)


def _made(asked: dict[str, Any], shown: dict[str, Any]) -> list[OpenApiExample]:
    return [
        OpenApiExample("new", asked, request_only=True),
        OpenApiExample("made", shown, response_only=True, status_codes=["201"]),
    ]


class ChecklistListApi(ListApi):
    """`/api/v1/kpi/checklists/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    queryset = Checklist.objects.all()
    serializer_class = shapes.ChecklistSerializer
    orders = {"id": "id", "name": "name"}
    order = "name"

    def visible(self) -> QuerySet[Checklist]:
        """Return all: what people are looked at for is no secret."""
        return _checklists(self.request)

    @extend_schema(
        summary=_("List checklists"),
        examples=[OpenApiExample("checklist", examples.CHECKLIST, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of checklists."""
        return self.list(request)

    @extend_schema(
        summary=_("Write a checklist"),
        description=_("Points that one sees or does not see; they never change."),
        request=shapes.NewChecklistSerializer,
        responses={201: shapes.ChecklistSerializer},
        examples=_made(examples.NEW_CHECKLIST, examples.CHECKLIST),
    )
    @once
    def post(self, request: Request) -> Response:
        """Write one."""
        asked = shapes.NewChecklistSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = checklists.make_checklist(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(CHECKLIST.shown(request, made.pk), status=201)


class RatingListApi(ListApi):
    """`/api/v1/kpi/ratings/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    permission = "kpi.rate"
    queryset = Rating.objects.all()
    serializer_class = shapes.RatingSerializer
    filterset_class = RatingFilter
    views = RatingList.views
    orders = {"id": "id"}
    order = "-id"

    def visible(self) -> QuerySet[Rating]:
        """Return the caller's own, and those of the people for whom they answer."""
        return _ratings(self.request)

    @extend_schema(
        summary=_("List ratings"),
        description=_("The caller's own, and those of the people for whom they answer."),
        examples=[OpenApiExample("rating", examples.RATING, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of ratings."""
        return self.list(request)

    @extend_schema(
        summary=_("Rate somebody"),
        description=_(
            "Once for a month and checklist; again it changes what the caller said, until scores are told."
        ),
        request=shapes.NewRatingSerializer,
        responses={201: shapes.RatingSerializer},
        examples=_made(examples.NEW_RATING, examples.RATING),
    )
    @once
    def post(self, request: Request) -> Response:
        """Rate."""
        asked = shapes.NewRatingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = checklists.rate(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(shapes.RatingSerializer(made).data, status=201)


class InterviewListApi(ListApi):
    """`/api/v1/kpi/interviews/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    queryset = Interview.objects.all()
    serializer_class = shapes.InterviewSerializer
    filterset_class = InterviewFilter
    views = InterviewList.views
    orders = {"id": "id", "planned_for": "planned_for"}
    order = "-planned_for"

    def visible(self) -> QuerySet[Interview]:
        """Return the interviews that the caller sees."""
        return _interviews(self.request)

    @extend_schema(
        summary=_("List interviews"),
        examples=[OpenApiExample("interview", examples.INTERVIEW, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of interviews."""
        return self.list(request)

    @extend_schema(
        summary=_("Plan an interview"),
        description=_("With somebody for whom the caller answers; they are told."),
        request=shapes.NewInterviewSerializer,
        responses={201: shapes.InterviewSerializer},
        examples=_made(examples.NEW_INTERVIEW, examples.INTERVIEW),
    )
    @once
    def post(self, request: Request) -> Response:
        """Plan one."""
        asked = shapes.NewInterviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = interviews.plan_interview(actor=request.user, now=timezone.now(), **asked.validated_data)
        return Response(INTERVIEW.shown(request, made.pk), status=201)


class AimListApi(ListApi):
    """`/api/v1/kpi/aims/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    queryset = Aim.objects.all()
    serializer_class = shapes.AimSerializer
    filterset_class = AimFilter
    views = AimList.views
    orders = {"id": "id", "until": "until"}
    order = "-until"

    def visible(self) -> QuerySet[Aim]:
        """Return the aims that the caller sees."""
        return _aims(self.request)

    @extend_schema(
        summary=_("List aims"),
        description=_("Improvement plans and own goals."),
        examples=[OpenApiExample("aim", examples.AIM, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of aims."""
        return self.list(request)

    @extend_schema(
        summary=_("Propose an aim"),
        description=_(
            "For oneself a goal of one's own, for somebody else an improvement plan; the other side agrees."
        ),
        request=shapes.NewAimSerializer,
        responses={201: shapes.AimSerializer},
        examples=_made(examples.NEW_AIM, examples.AIM),
    )
    @once
    def post(self, request: Request) -> Response:
        """Propose one."""
        asked = shapes.NewAimSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        about = {name: given.pop(name) for name in ("person", "interview")}
        made = aims.propose_aim(actor=request.user, facts=AimFacts(**given), now=timezone.now(), **about)
        return Response(AIM.shown(request, made.pk), status=201)


def _agree(**given: Any) -> Aim:
    return aims.answer_aim(agrees=True, **given)


def _decline(**given: Any) -> Aim:
    return aims.answer_aim(agrees=False, **given)


ReadInterviewApi = reader(INTERVIEW, _("Read an interview"))
ReadAimApi = reader(AIM, _("Read an aim"))
RetireApi = act(
    CHECKLIST,
    "retire",
    _("Take a checklist out of use"),
    _("What was rated by it stays."),
    checklists.retire_checklist,
)
INTERVIEW_ACTS = {
    "hold": act(
        INTERVIEW,
        "hold",
        _("Write down what was agreed"),
        _("Once it took place; the person is told."),
        interviews.hold_interview,
        asked=shapes.HoldInterviewSerializer,
        example={"held_on": "2026-11-20", "agreed": "Listening in with a colleague."},
    ),
    "cancel": act(
        INTERVIEW,
        "cancel",
        _("Call an interview off"),
        _("The person is told."),
        interviews.cancel_interview,
    ),
}
AIM_ACTS = {
    "agree": act(
        AIM,
        "agree",
        _("Agree to an aim"),
        _("By the other side of who proposed it."),
        _agree,
        asked=shapes.AgreeAimSerializer,
        example={"answer": ""},
    ),
    "decline": act(
        AIM,
        "decline",
        _("Decline an aim"),
        _("By the other side, with a reason."),
        _decline,
        asked=shapes.DeclineAimSerializer,
        example={"answer": "Too much at once."},
    ),
    "withdraw": act(
        AIM,
        "withdraw",
        _("Withdraw an aim"),
        _("It ends before its time."),
        aims.withdraw_aim,
    ),
}
