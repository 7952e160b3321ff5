"""REST of feedback: what the caller wrote or answers, and every act on it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from agents.models import Department
from callcenter.handing_out import handed_out
from callcenter.rest import tags
from callcenter.rest.once import once
from callcenter.rest.parsing import Files, Json
from callcenter.rest.schema import IF_MATCH, ErrorsSerializer
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView, ListApi
from feedback import selectors, services
from feedback.anonymity.cleaning import clean
from feedback.api import examples
from feedback.api.acts import ACTS
from feedback.api.serializers import (
    DepartmentSerializer,
    DoneSerializer,
    ItemDetailSerializer,
    ItemSerializer,
    WishSerializer,
    WishWithFilesSerializer,
    WrittenSerializer,
)
from feedback.enums import Act
from feedback.filters import ItemFilter
from feedback.lists import ItemList
from feedback.models import File, Item

MOVING = ("seconds_left",)


class DepartmentListApi(ListApi):
    """`/api/v1/feedback/departments/`."""

    reads = Scope.FEEDBACK_READ
    queryset = Department.objects.all()
    serializer_class = DepartmentSerializer
    orders = {"name": "name"}
    order = "name"

    def visible(self) -> QuerySet[Department]:
        """Return all of them: their scopes are published."""
        return Department.objects.all()

    @extend_schema(
        summary=_("List the departments that answer"),
        description=_("With what each of them answers for."),
        examples=[examples.answered("departments", examples.DEPARTMENT)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of departments."""
        return self.list(request)


class ItemListApi(ListApi):
    """`/api/v1/feedback/items/`."""

    reads, writes = Scope.FEEDBACK_READ, Scope.FEEDBACK_WRITE
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    views = ItemList.views
    orders = {"released_at": "released_at", "due_at": "due_at", "number": "number"}
    order = "-released_at"
    moving = MOVING
    parser_classes = (Json, Files)

    def visible(self) -> QuerySet[Item]:
        """Return what the caller reads in full."""
        return Item.objects.visible_to(self.request.user).for_list()

    def prepare(self, rows: Sequence[Item]) -> None:
        """Give each its time left."""
        selectors.with_time_left(rows, now=timezone.now())

    @extend_schema(
        summary=_("List items"),
        description=_("What the caller wrote under the own name, answers or has answered, the newest first."),
        examples=[examples.answered("items", examples.ROW)],
    )
    def get(self, request: Request) -> Response:
        """Return one page of items."""
        return self.list(request)

    @extend_schema(
        summary=_("Write an item"),
        description=_(
            "Under the caller's name: those who answer are told at once. Without a name one writes on the page alone."
        ),
        request={"application/json": WishSerializer, "multipart/form-data": WishWithFilesSerializer},
        responses={201: WrittenSerializer},
        examples=[
            examples.asked("wish", examples.WISH),
            examples.answered(
                "written", {name: examples.ROW[name] for name in ("number", "due_at")}, status="201"
            ),
        ],
    )
    @once
    def post(self, request: Request) -> Response:
        """Submit an item and say by when it is answered."""
        is_form = request.content_type.startswith("multipart/")
        given = (WishWithFilesSerializer if is_form else WishSerializer)(data=request.data)
        given.is_valid(raise_exception=True)
        files = [clean(upload) for upload in given.validated_data.get("files", ())]
        item = services.submit_item(actor=request.user, wish=given.wish(), files=files, now=timezone.now())
        address = request.build_absolute_uri(reverse("feedback-item", args=[item.number]))
        return Response(WrittenSerializer(item).data, status=201, headers={"Location": address})


class ItemApi(ApiView):
    """`/api/v1/feedback/items/{number}/`."""

    reads = Scope.FEEDBACK_READ
    moving = MOVING

    @extend_schema(
        summary=_("Read an item"),
        description=_(
            "One item in full, for its author and those who answer. Its ETag stands for everything but the time left."
        ),
        responses=ItemDetailSerializer,
        examples=[examples.answered("item", examples.ONE)],
    )
    def get(self, request: Request, number: str) -> Response:
        """Return one item."""
        return Response(shown(request.user, number))


class FileApi(ApiView):
    """`/api/v1/feedback/items/{number}/files/{id}/`."""

    reads = Scope.FEEDBACK_READ
    hands_out_files = True

    @extend_schema(
        summary=_("Save a file of an item"),
        description=_("Its content, with the type that was found in it."),
        responses={(200, "*/*"): OpenApiTypes.BINARY},
        examples=[examples.FILE],
    )
    def get(self, request: Request, number: str, pk: int) -> FileResponse:
        """Hand the file out."""
        item = get_object_or_404(Item.objects.visible_to(request.user), number=number)
        return handed_out(get_object_or_404(File, item=item, pk=pk))


def shown(user: Any, number: str) -> dict[str, Any]:
    """Return an item in full as the person reads it; Http404 where they do not."""
    item: Any = get_object_or_404(Item.objects.visible_to(user).for_page(), number=number)
    selectors.with_time_left([item], now=timezone.now())
    item.talk = selectors.talk(item)
    item.acts = possible(user, item)
    data = dict(ItemDetailSerializer(item).data)
    if not user.has_perm("feedback.note", item):
        data["notes"] = []
    return data


def possible(user: Any, item: Any) -> list[str]:
    """Name the acts that the person can do now."""
    found = selectors.choices(user, item, now=timezone.now())
    return [choice.act.value for choice in found if choice.possible]


def act_api(act: Act) -> type[ApiView]:
    """Return the view of one act: `/api/v1/feedback/items/{number}/{act}/`."""
    told = ACTS[act]
    done = {"number": examples.ROW["number"], "status": "answered", "acts": ["note"]}

    class ActApi(ApiView):
        writes = Scope.FEEDBACK_WRITE

        @extend_schema(
            operation_id=f"feedback_{act}",
            summary=told.summary,
            description=told.words,
            request=told.serializer,
            parameters=[IF_MATCH],
            responses={
                200: DoneSerializer,
                412: OpenApiResponse(ErrorsSerializer, _("It was changed since you read it.")),
            },
            examples=[examples.asked(act, told.example), examples.answered("done", done)],
        )
        @once
        @transaction.atomic
        def post(self, request: Request, number: str) -> Response:
            given = told.serializer(data=request.data)
            given.is_valid(raise_exception=True)
            seen = Item.objects.visible_to(request.user) | Item.objects.on_board()
            item = get_object_or_404(seen, number=number)
            if known := request.headers.get("If-Match"):
                Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
                tags.require_match(known, tags.tag_of(shown(request.user, number), moving=MOVING))
            services.perform(
                act, actor=request.user, item_id=item.pk, now=timezone.now(), **given.validated_data
            )
            fresh = Item.objects.for_page().get(pk=item.pk)
            said = {"number": fresh.number, "status": fresh.status, "acts": possible(request.user, fresh)}
            return Response(DoneSerializer(said).data)

    return ActApi
