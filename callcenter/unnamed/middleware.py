"""The way of a request below PREFIX: past everything that knows people, and stripped of what would tell who sent it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext as _

from callcenter.errors import DomainError, NotAllowed, NotFound
from callcenter.http import GetResponse
from callcenter.unnamed import PREFIX, trouble

KEPT = frozenset(
    {
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_AUTHORIZATION",
        "HTTP_HOST",
        "HTTP_ORIGIN",
        "HTTP_X_FORWARDED_PROTO",
        "PATH_INFO",
        "QUERY_STRING",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
    }
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class UnnamedMiddleware:
    """Answer what lies below PREFIX itself: no middleware after this one sees such a request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Strip the request, answer it in the language it names, and say what the browser must not keep or tell."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        _strip(request)
        with translation.override(_language(request)):
            response = _answer(request)
        response.cookies.clear()
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response


def _strip(request: HttpRequest) -> None:
    """Take away cookies, address, browser, and whatever else a proxy or a browser may have added."""
    for name in list(request.META):
        if name not in KEPT and not name.startswith("wsgi."):
            del request.META[name]


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language_from_request(request)


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        if request.method not in {"GET", "HEAD"}:
            _need_own_origin(request)
        match = resolve(request.path_info)
        request.resolver_match = match
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except DomainError as error:
        return _refusal(error)
    except Http404:
        return _refusal(NotFound(_("This page does not exist")))
    except RequestDataTooBig:
        return _refusal(DomainError(_("This is too much at once."), code="too_big"))
    except Exception as error:  # noqa: BLE001 (nothing of this path reaches a log but what `trouble` keeps)
        trouble.note(error)
        return JsonResponse(
            {"errors": [{"field": None, "code": "error", "message": _("Something went wrong"), "mend": ""}]},
            status=500,
        )
    return answer


def _refusal(error: DomainError) -> HttpResponse:
    return JsonResponse({"errors": [error.as_dict()]}, status=error.status)


def _need_own_origin(request: HttpRequest) -> None:
    """Refuse what another site's page sends: without a cookie there is no other token to ask for."""
    origin = urlsplit(request.META.get("HTTP_ORIGIN", ""))
    public = urlsplit(settings.PUBLIC_URL)
    ours = {(request.scheme, request.get_host()), (public.scheme, public.netloc)}
    if (origin.scheme, origin.netloc) not in ours:
        raise NotAllowed(_("This was not sent from our own page."))
