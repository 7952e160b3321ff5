"""REST of the bulletin."""

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
from floor import selectors, services
from floor.api import examples
from floor.api.serializers import PostDetailSerializer, PostSerializer
from floor.filters import PostFilter
from floor.lists import PostList
from floor.models import Post


class PostListApi(ListApi):
    """`/api/v1/bulletin/`."""

    reads = Scope.FLOOR_READ
    queryset = Post.objects.all()
    serializer_class = PostSerializer
    filterset_class = PostFilter
    views = PostList.views
    orders = {"published_at": "published_at", "number": "id"}
    order = "-published_at"

    def visible(self) -> QuerySet[Post]:
        """Return the posts that the caller sees."""
        seen: QuerySet[Post] = _seen(self.request.user)
        return seen

    @extend_schema(
        summary=_("List posts"),
        description=_("What the caller sees on the bulletin, the newest first."),
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> Response:
        """Return one page of posts."""
        return self.list(request)


class PostApi(ApiView):
    """`/api/v1/bulletin/{number}/`."""

    reads = Scope.FLOOR_READ

    @extend_schema(
        summary=_("Read a post"),
        description=_("One post in full. Reading it here confirms nothing."),
        responses=PostDetailSerializer,
        examples=[examples.READ],
    )
    def get(self, request: Request, number: int) -> Response:
        """Return one post."""
        return Response(_shown(request.user, number))


class ReadApi(ApiView):
    """`/api/v1/bulletin/{number}/read/`."""

    writes = Scope.FLOOR_WRITE

    @extend_schema(
        summary=_("Confirm a reading"),
        description=_("The caller's word that they have read it; a second one changes nothing."),
        request=None,
        responses=PostDetailSerializer,
        examples=[examples.MARKED],
    )
    @once
    def post(self, request: Request, number: int) -> Response:
        """Write it down and return the post."""
        found = get_object_or_404(Post.objects.visible_to(request.user), pk=number)
        services.mark_read(actor=request.user, post_id=found.pk, now=timezone.now())
        return Response(_shown(request.user, number))


def _seen(user: Any) -> Any:
    return Post.objects.visible_to(user).for_list(user)


def _shown(user: Any, number: int) -> Any:
    post: Any = get_object_or_404(_seen(user), pk=number)
    post.standing = selectors.standing(post, now=timezone.now())
    return PostDetailSerializer(post).data
