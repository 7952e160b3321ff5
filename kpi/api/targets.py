"""Targets over REST: listed, set, read, ended."""

from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Site, Team
from callcenter.access import Role
from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from calls.models import Queue
from kpi.filters.targets import TargetFilter
from kpi.lists.targets import TargetList
from kpi.models import Target
from kpi.services import targets as services

EXAMPLE: Final[dict[str, Any]] = {
    "id": 12,
    "metric": "handle_time_p90",
    "value": 300.0,
    "team": 4,
    "queue": None,
    "role": "",
    "site": None,
    "since": "2026-12-01",
    "until": None,
    "set_by": "3001",
    "set_at": "2026-11-22T09:30:00+08:00",
}
ASKED: Final = {name: EXAMPLE[name] for name in ("metric", "value", "team", "since")}


class TargetSerializer(serializers.ModelSerializer[Target]):
    """What is wanted of a metric, in its own unit (shares from 0 to 1), from its first to its last day, both included."""

    team = serializers.IntegerField(source="team_id", allow_null=True, help_text=_("Number of the team."))
    queue = serializers.CharField(source="queue.code", default=None, help_text=_("Code of the queue."))
    site = serializers.CharField(source="site.code", default=None, help_text=_("Code of the site."))
    since = serializers.DateField(source="period.lower")
    until = serializers.DateField(
        source="last_day", allow_null=True, help_text=_("Null: until the next one.")
    )
    set_by = serializers.CharField(source="set_by.work_number", default=None)

    class Meta:
        model = Target
        fields = (
            "id", "metric", "value", "team", "queue", "role", "site", "since", "until", "set_by", "set_at",
        )  # fmt: skip


class NewTargetSerializer(serializers.Serializer[Any]):
    """A target to set: of one team, queue, role or site, or (none of them) of the centre."""

    metric = serializers.CharField(max_length=60, help_text=_("Key of a metric."))
    value = serializers.FloatField(min_value=0, help_text=_("In the metric's own unit; shares from 0 to 1."))
    team = serializers.PrimaryKeyRelatedField(
        queryset=Team.objects.select_related("site"), allow_null=True, default=None
    )
    queue = serializers.SlugRelatedField("code", queryset=Queue.objects.all(), allow_null=True, default=None)
    role = serializers.ChoiceField(Role.choices, allow_blank=True, default="")
    site = serializers.SlugRelatedField("code", queryset=Site.objects.all(), allow_null=True, default=None)
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True, default=None, help_text=_("Included."))


class EndSerializer(serializers.Serializer[Any]):
    """The last day of a target, included."""

    last = serializers.DateField()


class EndedSerializer(serializers.Serializer[Any]):
    """The last day of a target that is ended."""

    until = serializers.DateField(allow_null=True, help_text=_("Null: it had not begun, and is taken out."))


class TargetListApi(ListApi):
    """`/api/v1/kpi/targets/`."""

    reads, writes = Scope.KPI_READ, Scope.KPI_WRITE
    permission = "kpi.view"
    queryset = Target.objects.all()
    serializer_class = TargetSerializer
    filterset_class = TargetFilter
    views = TargetList.views
    orders = {"id": "id", "metric": "metric"}
    order = "-id"

    def visible(self) -> QuerySet[Target]:
        """Return the targets that the caller sees."""
        return _targets(self.request)

    @extend_schema(
        summary=_("List targets"),
        description=_("All that ever held; `view=now` are those in force, `day` those of a day."),
        examples=[OpenApiExample("targets", EXAMPLE, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request) -> Response:
        """Return one page of targets."""
        return self.list(request)

    @extend_schema(
        summary=_("Set a target"),
        description=_(
            "It follows the one that holds on its first day, which ends the day before and is kept."
        ),
        request=NewTargetSerializer,
        responses={201: TargetSerializer},
        examples=[
            OpenApiExample("target", ASKED, request_only=True),
            OpenApiExample("set", EXAMPLE, response_only=True, status_codes=["201"]),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Set one."""
        asked = NewTargetSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = dict(asked.validated_data)
        place = services.one_place(**{name: wanted.pop(name) for name in ("team", "queue", "role", "site")})
        target = services.set_target(actor=request.user, place=place, now=timezone.now(), **wanted)
        return Response(TargetSerializer(target).data, status=201)


class TargetApi(ApiView):
    """`/api/v1/kpi/targets/{id}/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view"

    @extend_schema(
        summary=_("Read a target"),
        responses=TargetSerializer,
        examples=[OpenApiExample("target", EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return it."""
        return Response(TargetSerializer(get_object_or_404(_targets(request), pk=pk)).data)


class EndTargetApi(ApiView):
    """`/api/v1/kpi/targets/{id}/end/`."""

    writes = Scope.KPI_WRITE

    @extend_schema(
        summary=_("End a target"),
        description=_("With a last day; one that would begin after that is taken out."),
        request=EndSerializer,
        responses=EndedSerializer,
        examples=[
            OpenApiExample("last day", {"last": "2026-12-31"}, request_only=True),
            OpenApiExample("ended", {"until": "2026-12-31"}, response_only=True, status_codes=["200"]),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        """End it."""
        target = get_object_or_404(_targets(request), pk=pk)
        asked = EndSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        ended = services.end_target(
            actor=request.user, target_id=target.pk, last=asked.validated_data["last"], now=timezone.now()
        )
        return Response({"until": ended.last_day if ended else None})


def _targets(request: Request) -> QuerySet[Target]:
    found: QuerySet[Target] = Target.objects.visible_to(request.user).for_list()
    return found
