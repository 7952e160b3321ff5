"""Every refusal over REST in one shape: {"errors": [{field, code, message, mend}]}."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from callcenter.errors import DomainError, NotFound

MENDS: Final[Mapping[str, Promise]] = {
    "not_authenticated": gettext_lazy("Send the header “Authorization: Bearer” with a token, or sign in."),
    "bad_token": gettext_lazy("Ask an administrator for a new one."),
    "permission_denied": gettext_lazy("Ask an administrator for the right."),
    "not_allowed": gettext_lazy("Ask an administrator for the right."),
    "not_found": gettext_lazy("Check the address; what you may not see is not found either."),
    "method_not_allowed": gettext_lazy("The header Allow names the methods that this address knows."),
    "not_acceptable": gettext_lazy("Ask for application/json."),
    "parse_error": gettext_lazy("Send one JSON document in UTF-8."),
    "required": gettext_lazy("Give this field a value."),
    "null": gettext_lazy("Give this field a value."),
    "blank": gettext_lazy("Give this field a value."),
}
"""How to mend what the framework refuses, by its code; anything else is a value that does not fit."""
ANOTHER_VALUE: Final = gettext_lazy("Give a value that the documentation at /api/v1/docs/ allows.")


class TooLarge(DomainError):
    """The body is larger than is read."""

    status = 413
    code = "too_large"

    def __init__(self) -> None:
        super().__init__(_("The body is too large."), mend=_("Send less at once."))


def no_such_parameter(name: str, known: Any) -> DomainError:
    """Return the refusal of a query parameter that nobody reads: misspelt, it would silently change the answer."""
    listed = ", ".join(sorted(known))
    mend = _("Known here: %(known)s.") % {"known": listed} if listed else _("Leave it out.")
    return DomainError(_("There is no such parameter."), field=name, code="unknown", mend=mend)


def _leaves(detail: Any, field: str | None = None) -> Iterator[dict[str, str | None]]:
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            whole = key in {"non_field_errors", "__all__", "detail"}
            yield from _leaves(value, field if whole else f"{field}.{key}" if field else str(key))
    elif isinstance(detail, list | tuple):
        for value in detail:
            yield from _leaves(value, field)
    else:
        code = getattr(detail, "code", "invalid")
        yield {"field": field, "code": code, "message": str(detail), "mend": _mend(code, field)}


def told(detail: Any) -> list[dict[str, str | None]]:
    """Return what the framework found wrong as our refusals, one for each field."""
    return list(_leaves(detail))


def _mend(code: str, field: str | None) -> str:
    return str(MENDS.get(code, ANOTHER_VALUE if field else ""))


def _as_known(exc: Exception) -> Exception:
    """Return the exception of ours or the framework's that means the same."""
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(exc, RequestDataTooBig):
        return TooLarge()
    if isinstance(exc, SuspiciousOperation):
        return exceptions.ParseError(_("This request cannot be read."))
    return exc


def refusal(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal in the one shape; None for what nobody foresaw, which becomes a 500."""
    exc = _as_known(exc)
    if isinstance(exc, DomainError):
        told = exc.as_dict()
        told["mend"] = told["mend"] or _mend(exc.code, exc.field)
        return Response({"errors": [told]}, status=exc.status, headers=getattr(exc, "headers", None))
    if not isinstance(exc, exceptions.APIException):
        return None
    challenge = getattr(exc, "auth_header", None)
    headers = {"WWW-Authenticate": challenge} if challenge else None
    errors = list(_leaves(exc.detail))
    if isinstance(exc, exceptions.UnsupportedMediaType):
        kinds = ", ".join(parser.media_type for parser in context["view"].parser_classes)
        errors[0]["mend"] = _("Name what you send in the header Content-Type: %(kinds)s.") % {"kinds": kinds}
    return Response({"errors": errors}, status=exc.status_code, headers=headers)


@login_not_required
@csrf_exempt
def no_such_address(request: HttpRequest, unknown: str) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Answer an unknown REST address in the one shape."""
    problem = NotFound(
        _("There is nothing at /api/%(path)s.") % {"path": unknown}, mend=_("Check the address.")
    )
    return JsonResponse({"errors": [problem.as_dict()]}, status=problem.status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what nobody foresaw: in the one shape below /api/, as a page elsewhere."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    message = _("Something went wrong here, and nothing was changed.")
    mend = _("Try again; if it stays, tell an administrator the time.")
    error = {"field": None, "code": "server_error", "message": message, "mend": mend}
    return JsonResponse({"errors": [error]}, status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django refuses before any view sees it."""
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    answer = refusal(SuspiciousOperation(), {})
    return JsonResponse(answer.data if answer else {}, status=400)
