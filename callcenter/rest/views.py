"""What every REST view is built on: who asks, how often, in which zone, with which parameters; tags on what is read."""

from collections.abc import Collection, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework import exceptions, generics
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_304_NOT_MODIFIED, HTTP_400_BAD_REQUEST
from rest_framework.views import APIView

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.rest import limits, tags, usage
from callcenter.rest.errors import no_such_parameter
from callcenter.rest.filters import Filters, Ordering, Views
from callcenter.rest.paging import Keyset
from callcenter.rest.scopes import Scope


class ApiView(APIView):
    """A view below /api/. `reads` and `writes` are the scopes that a token needs; None asks for no particular one."""

    http_method_names = ["get", "head", "post"]
    reads: Scope | None = None
    writes: Scope | None = None
    permission = ""
    """The right that reading needs beside the scope; empty is everybody who is signed in. Writes ask in their service."""
    moving: Collection[str] = ()
    """Fields of the answer that change by themselves, and so do not change its ETag."""
    tag = ""
    """The ETag of an answer where the view knows it without making the answer."""
    hands_out_files = False
    """It answers with a file of any kind: whatever the caller accepts, and without an ETag."""
    allowance: limits.Allowance | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in the time zone of whoever asks, and leave the thread as it was."""
        with timezone.override(None):
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002 (the framework's signature)
        """Choose how to answer; a file is what it is."""
        return super().perform_content_negotiation(request, force=force or self.hands_out_files)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse who may not ask, who asks too often, and what nobody would understand."""
        super().initial(request, *args, **kwargs)
        timezone.activate(ZoneInfo(request.user.time_zone))
        if self.permission and request.method in SAFE_METHODS:
            require(request.user, self.permission)
        if request.method and hasattr(self, request.method.lower()):
            self._check_parameters(request)

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks; whoever it is, the request counts."""
        try:
            super().perform_authentication(request)
        except exceptions.APIException:
            self._spend(_address(request), "stranger")
            raise
        if request.user.is_authenticated:
            self._spend(self.owner, "read" if request.method in SAFE_METHODS else "write")
        else:
            self._spend(_address(request), "stranger")

    def _spend(self, who: str, kind: str) -> None:
        self.allowance = limits.spend(f"{kind}:{who}", settings.API_REQUESTS_A_MINUTE[kind])
        if self.allowance.left < 0:
            raise limits.TooMany(self.allowance)

    @property
    def owner(self) -> str:
        """Name whose limits and keys these are: each token has its own, and so has each person's session."""
        token = self.request.auth
        return f"token:{token.pk}" if token else f"person:{self.request.user.pk}"

    def known_parameters(self) -> Collection[str]:
        """Name the query parameters that are read."""
        return ()

    def _check_parameters(self, request: Request) -> None:
        known = self.known_parameters()
        for name, values in request.query_params.lists():
            if name not in known:
                raise no_such_parameter(name, known)
            if any("\0" in value for value in values):
                raise DomainError(
                    _("This is no text."), field=name, mend=_("Send it without NUL characters.")
                )

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Tag what was read, answer 304 to whoever knows it, and say what is left of the limit."""
        if tag := self._tag_of(request, response):
            if response.status_code == HTTP_200_OK and tags.matches(
                request.headers.get("If-None-Match"), tag
            ):
                response = Response(status=HTTP_304_NOT_MODIFIED)
            response["ETag"] = tag
            patch_cache_control(response, private=True, no_cache=True)
        if request.auth:
            route = request.resolver_match.route if request.resolver_match else request.path
            usage.note(request.auth.pk, route, refused=response.status_code >= HTTP_400_BAD_REQUEST)
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        for name, value in (self.allowance.headers if self.allowance else {}).items():
            response[name] = value
        return super().finalize_response(request, response, *args, **kwargs)

    def _tag_of(self, request: Request, response: Any) -> str:
        """Return the ETag of what was read; "" for anything else."""
        if request.method not in SAFE_METHODS or response.status_code not in {
            HTTP_200_OK,
            HTTP_304_NOT_MODIFIED,
        }:
            return ""
        if self.tag or not isinstance(response, Response):
            return self.tag
        return tags.tag_of(response.data, moving=self.moving)


def _address(request: Request) -> str:
    """Return the caller's network address as the sign-in page sees it, behind a proxy too."""
    address: str = get_adapter().get_client_ip(request._request)  # noqa: SLF001 (the adapter wants Django's request)
    return address


class ListApi(ApiView, generics.ListAPIView):
    """A list: filtered, ordered, page by page. A subclass names `filterset_class` and `orders`."""

    filter_backends = (Filters, Views, Ordering)
    pagination_class = Keyset
    orders: dict[str, str]
    """What it can be ordered by, and the field behind it, which is never null."""
    order: str
    """The order where none is asked for."""
    views: Sequence[Any] = ()
    """The tabs of the list's page, each with `key` and `narrow(rows, person, now)`."""

    def visible(self) -> QuerySet[Any]:
        """Return the rows that the caller may see, joined with what the answer shows."""
        raise NotImplementedError

    def prepare(self, rows: Sequence[Any]) -> None:
        """Give the rows of a page what takes one query for all of them."""

    def known_parameters(self) -> Collection[str]:
        """Name the filters, and what pages and orders."""
        views = {"view"} if self.views else set()
        return {"cursor", "limit", "ordering", *views, *Filters.names(self)}

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows; the schema is drawn without anybody who asks."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return self.visible()

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Return the prepared rows of the page."""
        rows: list[Any] = super().paginate_queryset(queryset) or []
        self.prepare(rows)
        return rows
