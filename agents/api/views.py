"""REST of people and places."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents import selectors
from agents.api import examples
from agents.api.filters import TeamsFilter
from agents.api.serializers import (
    PersonDetailSerializer,
    PersonSerializer,
    SiteSerializer,
    TeamSerializer,
)
from agents.filters import PeopleFilter
from agents.lists import PeopleList
from agents.models import Site, Team, User
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi


class PersonListApi(ListApi):
    """`/api/v1/people/`."""

    reads = Scope.PEOPLE_READ
    permission = "agents.view_people"
    queryset = User.objects.all()
    serializer_class = PersonSerializer
    filterset_class = PeopleFilter
    views = PeopleList.views
    orders = {"work_number": "work_number", "name": "name", "joined_at": "joined_at"}
    order = "work_number"

    def visible(self) -> QuerySet[User]:
        """Return the people whom the caller answers for."""
        user = self.request.user
        return selectors.with_place(User.objects.visible_to(user), on=user.today)

    @extend_schema(
        summary=_("List people"),
        description=_("Whom the caller answers for, closed accounts too, by work number."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of people."""
        return self.list(request)


class PersonApi(ApiView):
    """`/api/v1/people/{work_number}/`."""

    reads = Scope.PEOPLE_READ

    @extend_schema(
        summary=_("Read a person"),
        description=_("Somebody whom the caller answers for, or the caller."),
        responses=PersonDetailSerializer,
        examples=[examples.READ],
    )
    def get(self, request: Request, work_number: str) -> Response:
        """Return one person."""
        user = request.user
        visible = selectors.with_place(User.objects.visible_to(user), on=user.today)
        person: Any = get_object_or_404(visible.select_related("site__calendar"), work_number=work_number)
        person.superior_on = selectors.direct_superior(person, person.today)
        return Response(PersonDetailSerializer(person).data)


class SiteListApi(ListApi):
    """`/api/v1/sites/`."""

    reads = Scope.PLACES_READ
    queryset = Site.objects.all()
    serializer_class = SiteSerializer
    orders = {"code": "code", "name": "name"}
    order = "code"

    def visible(self) -> QuerySet[Site]:
        """Return every site: where the centre works is no secret in the house."""
        return Site.objects.select_related("calendar")

    @extend_schema(
        summary=_("List sites"),
        description=_("Every site, with its calendar and mail window."),
        examples=[examples.SITES],
    )
    def get(self, request: Request) -> Response:
        """Return one page of sites."""
        return self.list(request)


class TeamListApi(ListApi):
    """`/api/v1/teams/`."""

    reads = Scope.PLACES_READ
    queryset = Team.objects.all()
    serializer_class = TeamSerializer
    filterset_class = TeamsFilter
    orders = {"id": "id", "name": "name"}
    order = "id"

    def visible(self) -> QuerySet[Team]:
        """Return every team."""
        return Team.objects.select_related("site")

    @extend_schema(
        summary=_("List teams"),
        description=_("Every team; its number is what other addresses call “team”."),
        examples=[examples.TEAMS],
    )
    def get(self, request: Request) -> Response:
        """Return one page of teams."""
        return self.list(request)
