"""REST of the board: what every employee reads, and joining in."""

from collections.abc import Sequence
from typing import Any

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
from feedback import selectors, services
from feedback.api import examples
from feedback.api.serializers import DraftSerializer, HintSerializer, JoinSerializer, PublicSerializer
from feedback.enums import Interest
from feedback.filters import BoardFilter
from feedback.lists import BoardList
from feedback.models import Item


class BoardApi(ListApi):
    """`/api/v1/feedback/board/`."""

    reads = Scope.FEEDBACK_READ
    queryset = Item.objects.all()
    serializer_class = PublicSerializer
    filterset_class = BoardFilter
    views = BoardList.views
    orders = {"published_at": "published_at", "voices": "voices"}
    order = "-published_at"

    def visible(self) -> QuerySet[Item]:
        """Return what is public."""
        return Item.objects.on_board().for_board()

    def prepare(self, rows: Sequence[Item]) -> None:
        """Give each its public answer, and what the caller has to do with it."""
        selectors.with_public_answer(rows)
        selectors.with_interests(rows, self.request.user)

    @extend_schema(
        summary=_("List the board"),
        description=_("What is public, in the words of the answering side, the newest first."),
        examples=[examples.answered("board", examples.PUBLIC)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of the board."""
        return self.list(request)


class PublicItemApi(ApiView):
    """`/api/v1/feedback/board/{number}/`."""

    reads = Scope.FEEDBACK_READ

    @extend_schema(
        summary=_("Read an item of the board"),
        description=_("Never the author's own words."),
        responses=PublicSerializer,
        examples=[examples.answered("public", examples.PUBLIC)],
    )
    def get(self, request: Request, number: str) -> Response:
        """Return one public item."""
        return Response(_shown(request, number))


class JoinApi(ApiView):
    """`/api/v1/feedback/board/{number}/join/`."""

    writes = Scope.FEEDBACK_WRITE

    @extend_schema(
        summary=_("Say “me too”, or follow"),
        description=_("Or no longer, with `on` false. Saying it again changes nothing."),
        request=JoinSerializer,
        responses=PublicSerializer,
        examples=[
            examples.asked("join", {"interest": "me_too", "on": True}),
            examples.answered("joined", examples.PUBLIC),
        ],
    )
    @once
    def post(self, request: Request, number: str) -> Response:
        """Join in and return the item."""
        given = JoinSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        item = get_object_or_404(Item.objects.on_board(), number=number)
        service: Any = services.back if given.validated_data["on"] else services.unback
        interest = Interest(given.validated_data["interest"])
        service(actor=request.user, item_id=item.pk, interest=interest, now=timezone.now())
        return Response(_shown(request, number))


class HintApi(ApiView):
    """`/api/v1/feedback/hint/`."""

    writes = Scope.FEEDBACK_READ

    @extend_schema(
        summary=_("Ask what there is of a draft"),
        description=_(
            "Public items that are like it, and the department that answers such things. Nothing of it is kept."
        ),
        request=DraftSerializer,
        responses=HintSerializer,
        examples=[
            examples.asked("draft", {"text": examples.WISH["text"]}),
            examples.answered("hint", {"department": examples.DEPARTMENT, "items": [examples.PUBLIC]}),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Return what is like the draft."""
        given = DraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(HintSerializer(selectors.hint(given.validated_data["text"], request.user)).data)


def _shown(request: Request, number: str) -> Any:
    item = get_object_or_404(Item.objects.on_board().for_board(), number=number)
    selectors.with_public_answer([item])
    selectors.with_interests([item], request.user)
    return PublicSerializer(item).data
