"""What every page shares: partial, panel or page, the person's language, a refusal in words."""

import json
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from callcenter.errors import DomainError

COUNTED = "#side,#foot,#bell"
"""The parts of the frame that show numbers."""

GetResponse = Callable[[HttpRequest], HttpResponse]


def wants_partial(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page (a history restore wants the whole)."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def in_panel(request: HttpRequest) -> bool:
    """Say whether the answer goes into the side panel of a page."""
    return request.headers.get("HX-Target") == "panel"


def render_page(
    request: HttpRequest, template: str, partial: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render `partial` for htmx, else the whole `template`; caches are told that the two differ."""
    response = render(request, partial if wants_partial(request) else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


class PersonMiddleware:
    """A signed-in person sees pages in their own language and their site's time zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate both for the length of the request."""
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        if user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        with timezone.override(zoneinfo.ZoneInfo(user.time_zone)):
            return self.get_response(request)


class LeadOnMiddleware:
    """A redirect leads the whole page on where htmx would put the next page into a part of this one.

    That is: from the side panel, and to the sign-in page when the session has ended.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn such a redirect into one for htmx; caches and the address bar are told that a panel is no page."""
        response = self.get_response(request)
        if "HX-Request" not in request.headers:
            return response
        if in_panel(request):
            patch_vary_headers(response, ["HX-Target"])
            # The page behind the panel keeps its address; htmx heeds no attribute for this where it took a form over.
            response.headers["HX-Push-Url"] = "false"
        address = response.headers.get("Location", "")
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        if urlsplit(address).path == resolve_url(settings.LOGIN_URL):
            response = _led_on(response, **{"HX-Redirect": redirect_to_login(here.path).url})
        elif address and in_panel(request):
            response = _led_on(response, **_next_page(address, here.path))
        return response


def _led_on(redirect: HttpResponse, **headers: str) -> HttpResponse:
    answer = HttpResponse(status=204, headers=headers)
    answer.cookies = redirect.cookies
    return answer


def _next_page(address: str, here: str) -> dict[str, str]:
    """Return the header that changes the page in place when it is the same one, else loads the other."""
    if urlsplit(address).path != here:
        return {"HX-Redirect": address}
    where = {"path": address, "target": "#main", "select": "#main", "swap": "outerHTML", "selectOOB": COUNTED}
    return {"HX-Location": json.dumps(where)}


class DomainErrorMiddleware:
    """A rule's refusal becomes a page that says what is wrong and how to mend it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render templates/error.html with the error's status."""
        if not isinstance(exception, DomainError):
            return None
        return render(request, "error.html", {"error": exception}, status=exception.status)
