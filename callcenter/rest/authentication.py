"""The browser's session over REST."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of a signed-in person, guarded by CSRF as on every page."""

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, which makes the framework answer 401, not 403, where nobody is signed in."""
        return "Session"
