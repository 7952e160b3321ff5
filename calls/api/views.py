"""REST of calls."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.scopes import Scope
from callcenter.rest.views import ListApi
from calls.api import examples
from calls.api.serializers import CallSerializer
from calls.filters import CallFilter
from calls.lists import CallList
from calls.models import Call


class CallListApi(ListApi):
    """`/api/v1/calls/`."""

    reads = Scope.CALLS_READ
    permission = "calls.view"
    queryset = Call.objects.all()
    serializer_class = CallSerializer
    filterset_class = CallFilter
    views = CallList.views
    orders = {"entered_at": "entered_at"}
    order = "-entered_at"

    def visible(self) -> QuerySet[Call]:
        """Return the calls that the caller may see."""
        found: QuerySet[Call] = Call.objects.visible_to(self.request.user).for_list().select_related("site")
        return found

    @extend_schema(
        summary=_("List calls"),
        description=_("What the caller may see, the newest first."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of calls."""
        return self.list(request)
