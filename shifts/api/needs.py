"""REST of demand, requirements and the goals of queues."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import need_examples as examples
from shifts.api import need_serializers as shapes
from shifts.enums import Origin
from shifts.filters.needs import DemandFilter, RequirementFilter
from shifts.lists.needs import DemandList, RequirementList
from shifts.models import Demand, QueueGoal, Requirement
from shifts.querysets.scope import of_sites
from shifts.selectors.demand import queue_asked, queue_named
from shifts.services.demand import Load, put_demand, set_goal
from shifts.services.requirements import compute_requirements, put_requirements


def given(shape: type[Any], request: Request) -> dict[str, Any]:
    """Return the body in the shape that is asked for; the errors of what is not."""
    body = shape(data=request.data)
    body.is_valid(raise_exception=True)
    found: dict[str, Any] = body.validated_data
    return found


class DemandListApi(ListApi):
    """`/api/v1/roster/demand/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Demand.objects.all()
    serializer_class = shapes.DemandSerializer
    filterset_class = DemandFilter
    views = DemandList.views
    orders = {"starts_at": "starts_at", "id": "id"}
    order = "starts_at"

    def visible(self) -> QuerySet[Demand]:
        """Return the demand of the sites that the caller works with."""
        found: QuerySet[Demand] = Demand.objects.filter(of_sites(self.request.user, "queue__site"))
        return found.select_related("queue__site")

    @extend_schema(
        summary=_("List expected calls"),
        description=_("By queue and half hour."),
        examples=[examples.answered("demand", examples.DEMAND)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of demand."""
        return self.list(request)

    @extend_schema(
        summary=_("Enter expected calls"),
        description=_("Each row replaces what is known of its half hour; no forecast overwrites it."),
        request=shapes.PutDemandSerializer,
        responses=shapes.PutSerializer,
        examples=[
            examples.asked("half hours", {"queue": "repairs", "rows": [examples.LOAD]}),
            examples.answered("written", examples.PUT),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Write half hours."""
        body = given(shapes.PutDemandSerializer, request)
        loads = {
            row["starts_at"]: None if row["calls"] is None else Load(row["calls"], row["handle_seconds"])
            for row in body["rows"]
        }
        done = put_demand(
            actor=request.user,
            queue=queue_asked(request.user, body["queue"]),
            loads=loads,
            origin=Origin.ENTERED,
            now=timezone.now(),
        )
        return Response(shapes.PutSerializer(done).data)


class RequirementListApi(ListApi):
    """`/api/v1/roster/requirements/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    permission = "shifts.view_rosters"
    queryset = Requirement.objects.all()
    serializer_class = shapes.RequirementSerializer
    filterset_class = RequirementFilter
    views = RequirementList.views
    orders = {"starts_at": "starts_at", "id": "id"}
    order = "starts_at"

    def visible(self) -> QuerySet[Requirement]:
        """Return the requirements of the sites that the caller works with."""
        found: QuerySet[Requirement] = Requirement.objects.filter(of_sites(self.request.user, "site"))
        return found.select_related("site", "skill")

    @extend_schema(
        summary=_("List heads required"),
        description=_("By site, skill and half hour; what peak periods ask for stands in the cover."),
        examples=[examples.answered("requirements", examples.REQUIREMENT)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of requirements."""
        return self.list(request)

    @extend_schema(
        summary=_("Enter heads required"),
        description=_("Each row replaces what is known of its half hour and skill; it is not computed over."),
        request=shapes.PutRequirementsSerializer,
        responses=shapes.PutSerializer,
        examples=[
            examples.asked(
                "half hours",
                {"site": "hangzhou", "rows": [{"starts_at": examples.AT, "skill": "billing", "heads": 12}]},
            ),
            examples.answered("written", examples.PUT),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Write half hours."""
        body = given(shapes.PutRequirementsSerializer, request)
        heads = {(row["starts_at"], row["skill"]): row["heads"] for row in body["rows"]}
        done = put_requirements(
            actor=request.user, site=body["site"], heads=heads, origin=Origin.ENTERED, now=timezone.now()
        )
        return Response(shapes.PutSerializer(done).data)


class ComputeApi(ApiView):
    """`/api/v1/roster/requirements/compute/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Compute heads required"),
        description=_(
            "From expected calls and the goals of queues, by Erlang C or A; what people said stays."
        ),
        request=shapes.ComputeSerializer,
        responses=shapes.PutSerializer,
        examples=[
            examples.asked("days", {"site": "hangzhou", "since": "2026-11-23", "until": "2026-11-30"}),
            examples.answered("written", examples.PUT),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Compute the heads of some days."""
        body = given(shapes.ComputeSerializer, request)
        done = compute_requirements(actor=request.user, now=timezone.now(), **body)
        return Response(shapes.PutSerializer(done).data)


class GoalListApi(ListApi):
    """`/api/v1/roster/goals/`."""

    reads = Scope.ROSTERS_READ
    permission = "shifts.view_rosters"
    queryset = QueueGoal.objects.all()
    serializer_class = shapes.GoalSerializer
    orders = {"queue": "queue__code"}
    order = "queue"

    def visible(self) -> QuerySet[QueueGoal]:
        """Return the goals of the sites that the caller works with."""
        found: QuerySet[QueueGoal] = QueueGoal.objects.filter(of_sites(self.request.user, "queue__site"))
        return found.select_related("queue", "skill")

    @extend_schema(
        summary=_("List goals of queues"),
        description=_("How well each queue is to be answered."),
        examples=[examples.answered("goals", examples.GOAL)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of goals."""
        return self.list(request)


class GoalApi(ApiView):
    """`/api/v1/roster/goals/{queue}/`."""

    writes = Scope.ROSTERS_WRITE

    @extend_schema(
        summary=_("Set the goal of a queue"),
        description=_("Heads follow from it when they are computed next."),
        request=shapes.GoalSerializer,
        responses=shapes.GoalSerializer,
        examples=[
            examples.asked("goal", examples.without(examples.GOAL, "queue")),
            examples.answered("set", examples.GOAL),
        ],
    )
    @once
    def post(self, request: Request, queue: str) -> Response:
        """Set a goal."""
        wanted = given(shapes.GoalSerializer, request)
        goal = set_goal(
            actor=request.user, queue=queue_named(request.user, queue), now=timezone.now(), **wanted
        )
        return Response(shapes.GoalSerializer(goal).data)
