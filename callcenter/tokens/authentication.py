"""A program signs in with its token."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from callcenter.tokens import services
from callcenter.tokens.models import Token
from callcenter.tokens.secrets import digest_of

SCHEME = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`: the request acts for the token's person; `request.auth` is the token."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """Return person and token; None without such a header, and a 401 for a token that does not hold."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME:
            return None
        now = timezone.now()
        found = Token.objects.valid(now).select_related("person__site__calendar")
        token: Token | None = found.filter(digest=digest_of(secret.strip())).first()
        if token is None:
            raise AuthenticationFailed(
                _("This token does not hold: it is unknown, expired or revoked."), "bad_token"
            )
        services.note_use(token, now=now)
        person: Any = token.person
        person.through = str(token)
        return person, token

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme."""
        return 'Bearer realm="api"'
