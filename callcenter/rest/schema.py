"""The OpenAPI description: what every operation shares is added here, so that no view repeats it."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from callcenter.rest.once import HEADER
from callcenter.words import listed

IF_MATCH: Final = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy("The ETag that you read: then nothing is done if somebody changed it since."),
)

READ: Final = frozenset({"GET"})
COUNTS: Final = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong."""

    field = serializers.CharField(
        allow_null=True, help_text=_("What it is about; null is the whole request.")
    )
    code = serializers.CharField(help_text=_("Stable, for programs."))
    message = serializers.CharField(help_text=_("What is wrong, in the language of Accept-Language."))
    mend = serializers.CharField(help_text=_("What to do about it."), allow_blank=True)


class ErrorsSerializer(serializers.Serializer[Any]):
    """Every refusal."""

    errors = ErrorSerializer(many=True)  # type: ignore[assignment] # a property of serializers has the name too


class Schema(AutoSchema):
    """One operation, with the headers and refusals that all of them have."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Add the scope that a token needs to the view's words."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        view: Any = self.view
        scope = view.reads if self.method in READ else view.writes
        if operation and scope:
            words = _("A token needs the scope %(scope)s.") % {"scope": scope.value}
            operation["description"] = f"{operation.get('description', '')}\n\n{words}".strip()
        return operation

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that the view names, and those that every operation has."""
        return [*super().get_override_parameters(), *self._headers()]

    @property
    def _is_file(self) -> bool:
        view: Any = self.view
        return bool(view.hands_out_files)

    def _headers(self) -> Iterator[OpenApiParameter]:
        if self._is_file:
            pass
        elif self.method in READ:
            yield _header(
                "If-None-Match", _("An ETag that you know; the answer is 304 while it still holds.")
            )
            yield _header("ETag", _("The version of this answer."), response=["200"])
        else:
            text = _(
                "Any text of yours, once for each act: sent again within 24 hours, the act is not repeated."
            )
            yield _header(HEADER, text)
        yield from (_header(name, "", kind=int, response=True) for name in COUNTS)
        yield _header("Retry-After", _("Seconds to wait."), kind=int, response=["429"])

    def _refusals(self) -> Iterator[tuple[str, str]]:
        yield "400", _("A parameter or a field is not understood.")
        yield "401", _("Nobody is signed in, or the token does not hold.")
        yield "403", _("The right or the scope is missing.")
        # A thing may be named in the address or in what is sent.
        if "{" in self.path or self.method not in READ:
            yield "404", _("There is no such thing, or not for you.")
        if not self._is_file:
            yield "406", _("Only JSON is answered.")
        if self.method not in READ:
            yield "409", _("Its present state does not allow it, or the same key is still at work.")
            yield "413", _("The body is too large.")
            yield "415", _("Only this is read: %(kinds)s.") % {"kinds": listed(self.map_parsers())}
            yield "422", _("The key was used for another request.")
        yield "429", _("Too many requests in a minute.")

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if self.method in READ and not self._is_file:
            unchanged = OpenApiResponse(description=_("What you know still holds."))
            bodies["304"] = self._get_response_for_code(unchanged, "304", direction=direction)
        for status, words in self._refusals():
            if status not in bodies:
                refused = OpenApiResponse(ErrorsSerializer, description=words)
                bodies[status] = self._get_response_for_code(refused, status, direction=direction)
        return dict(sorted(bodies.items()))


def _header(name: str, words: str, *, kind: type = str, response: Any = False) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=words, response=response)


class TokenScheme(OpenApiAuthenticationExtension):
    """A program's token."""

    target_class = "callcenter.tokens.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Describe the header."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """A person's session in the browser."""

    target_class = "callcenter.rest.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Describe the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
