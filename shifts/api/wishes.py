"""REST of personal rules."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.rest.once import once
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from shifts.api import change_examples as examples
from shifts.api import change_serializers as shapes
from shifts.api.leave_serializers import NothingMoreSerializer
from shifts.filters.changes import WishFilter
from shifts.lists.wishes import WishList
from shifts.models import Wish
from shifts.services import wishes as services


def _rows(request: Request) -> QuerySet[Wish]:
    seen: QuerySet[Wish] = Wish.objects.visible_to(request.user)
    return seen.select_related("person", "pattern", "decided_by")


class WishListApi(ListApi):
    """`/api/v1/roster/wishes/`."""

    reads, writes = Scope.ROSTERS_READ, Scope.ROSTERS_WRITE
    queryset = Wish.objects.all()
    serializer_class = shapes.WishSerializer
    filterset_class = WishFilter
    views = WishList.views
    orders = {"id": "id", "priority": "priority"}
    order = "id"

    def visible(self) -> QuerySet[Wish]:
        """Return the rules that the caller sees."""
        return _rows(self.request)

    @extend_schema(
        summary=_("List personal rules"),
        description=_("The caller's own, and those of the people whom they answer for."),
        examples=[examples.WISHES],
    )
    def get(self, request: Request) -> Response:
        """Return one page of rules."""
        return self.list(request)

    @extend_schema(
        summary=_("Ask for a personal rule"),
        description=_("For the caller. Rosters honour it where cover allows, once it is agreed."),
        request=shapes.AskWishSerializer,
        responses={201: shapes.WishSerializer},
        examples=[examples.ASK_WISH, examples.MADE_WISH],
    )
    @once
    def post(self, request: Request) -> Response:
        """Ask for a rule."""
        asked = shapes.AskWishSerializer(data=request.data, context={"person": request.user})
        asked.is_valid(raise_exception=True)
        given = {"actor": request.user, "person": request.user, "now": timezone.now()}
        wish = services.ask_wish(**given, **asked.given())
        return Response(shapes.WishSerializer(wish).data, status=201)


class ActApi(ApiView):
    """`/api/v1/roster/wishes/{id}/{act}/`."""

    writes = Scope.ROSTERS_WRITE
    service: Callable[..., Any]

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Do the act and return the rule, or nothing where it is gone."""
        wish = get_object_or_404(_rows(request), pk=pk)
        self.service(actor=request.user, wish_id=wish.pk, now=timezone.now())
        left = _rows(request).filter(pk=pk).first()
        return Response(shapes.WishSerializer(left).data) if left else Response(status=204)


def _act(name: str, words: tuple[Promise, Promise], service: Callable[..., Any]) -> type[ActApi]:
    described = extend_schema(
        summary=words[0],
        description=words[1],
        request=NothingMoreSerializer,
        responses={
            200: shapes.WishSerializer,
            204: OpenApiResponse(description=_("It had never held, and is gone.")),
        },
        examples=[examples.NOTHING, examples.DONE_WISH],
    )
    facts = {"service": staticmethod(service)}
    view: type[ActApi] = extend_schema_view(post=described)(type(f"{name.title()}Wish", (ActApi,), facts))
    return view


ACTS = {
    "agree": _act(
        "agree", (_("Agree to a personal rule"), _("By who leads the person.")), services.agree_wish
    ),
    "refuse": _act(
        "refuse", (_("Refuse a personal rule"), _("By who leads the person.")), services.refuse_wish
    ),
    "end": _act("end", (_("End a personal rule"), _("The own one, or by who leads.")), services.end_wish),
}
