"""REST of what is dated of people, and of teams on a day."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agents.api import examples
from agents.api.acts import record_of, team_on
from agents.api.fields import BOUNDS
from agents.api.record import (
    ApplicationSerializer,
    HeldSkillSerializer,
    PersonRecordSerializer,
    TeamOnSerializer,
)
from agents.dated_lists import ApplicationList, SkillList
from agents.filters import ApplicationFilter, SkillFilter
from agents.models import Application, PersonSkill, Team, User
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi


class RecordApi(ApiView):
    """`/api/v1/people/{work_number}/record/`."""

    reads = Scope.PEOPLE_READ

    @extend_schema(
        summary=_("Read everything dated of a person"),
        description=_(
            "Teams, teams led, skills, employment, hours and extra roles: what was, is and will be."
        ),
        responses=PersonRecordSerializer,
        examples=[examples.RECORD],
    )
    def get(self, request: Request, work_number: str) -> Response:
        """Return the record."""
        seen = User.objects.visible_to(request.user)
        return Response(record_of(get_object_or_404(seen, work_number=work_number).pk))


class OnSerializer(serializers.Serializer[Any]):
    """The day that is asked about; today if none is."""

    on = serializers.DateField(required=False, validators=BOUNDS)


class TeamOnApi(ApiView):
    """`/api/v1/teams/{id}/`."""

    reads = Scope.PEOPLE_READ

    def known_parameters(self) -> tuple[str, ...]:
        """Name the day."""
        return ("on",)

    @extend_schema(
        summary=_("Read a team as it is on a day"),
        description=_("Size, lead and span of control, members with their skills, and everybody who led it."),
        parameters=[
            OpenApiParameter("on", {"type": "string", "format": "date"}, description=_("Today if not given."))
        ],
        responses=TeamOnSerializer,
        examples=[examples.TEAM_ON],
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the team."""
        asked = OnSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
        today = request.user.today
        return Response(team_on(found.pk, asked.validated_data.get("on", today), today))


class HeldSkillListApi(ListApi):
    """`/api/v1/skills/held/`."""

    reads = Scope.PEOPLE_READ
    permission = "agents.view_people"
    queryset = PersonSkill.objects.all()
    serializer_class = HeldSkillSerializer
    filterset_class = SkillFilter
    views = SkillList.views
    orders = {"id": "id"}
    order = "id"

    def visible(self) -> QuerySet[PersonSkill]:
        """Return the skills of the people whom the caller answers for."""
        return PersonSkill.objects.visible_to(self.request.user).select_related("person", "skill")

    @extend_schema(
        summary=_("List who has which skill"),
        description=_(
            "Of the people whom the caller answers for: what was, is and will be; view=held is today."
        ),
        examples=[examples.SKILLS_HELD],
    )
    def get(self, request: Request) -> Response:
        """Return one page."""
        return self.list(request)


class ApplicationListApi(ListApi):
    """`/api/v1/applications/`."""

    reads = Scope.PEOPLE_READ
    queryset = Application.objects.all()
    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilter
    views = ApplicationList.views
    orders = {"asked_at": "asked_at", "id": "id"}
    order = "-asked_at"

    def visible(self) -> QuerySet[Application]:
        """Return the own applications, and those of the people whom the caller answers for."""
        seen = Application.objects.visible_to(self.request.user)
        return seen.select_related("person", "role", "decided_by")

    @extend_schema(
        summary=_("List applications for extra roles"),
        description=_("The own ones, and those of the people whom the caller answers for, the newest first."),
        examples=[examples.APPLICATION],
    )
    def get(self, request: Request) -> Response:
        """Return one page of applications."""
        return self.list(request)
