"""What every request of a signed-in person passes: the session is seen to be alive; a second factor where one is due."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from callcenter.access import Role
from callcenter.errors import NotAllowed

GetResponse = Callable[[HttpRequest], HttpResponse]
TRACKED = "tracked"
"""Set in a session when it begins with a sign-in (receivers.py): it has a row in the list of sessions."""
SEEN_EVERY = 300
"""Seconds between two notes that a session is in use."""


class SessionSeenMiddleware:
    """Note that a session is in use, at most once in SEEN_EVERY seconds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Write the time; the throttle lies in Redis, so that a request is not a write."""
        session = request.session
        if TRACKED in session and cache.add(f"seen:{session.session_key}", 1, SEEN_EVERY):
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        return self.get_response(request)


class SecondFactorMiddleware:
    """Whoever holds one of MFA_REQUIRED_ROLES today sets a second factor up before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.roles = frozenset(settings.MFA_REQUIRED_ROLES)
        if not self.roles:
            raise MiddlewareNotUsed
        if unknown := self.roles - set(Role.values):
            message = f"MFA_REQUIRED_ROLES names no role: {', '.join(sorted(unknown))}"
            raise ImproperlyConfigured(message)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead to the account page, which is open itself as are the pages below it and the choice of a language."""
        if not self._is_due(request):
            return self.get_response(request)
        words = _("Your role asks for a second step at sign-in. Set one up here first.")
        if request.path.startswith("/api/"):
            refusal = NotAllowed(words)
            return JsonResponse({"errors": [refusal.as_dict()]}, status=refusal.status)
        messages.warning(request, words)
        home = reverse("account_home")
        return (
            HttpResponseClientRedirect(home)
            if request.headers.get("HX-Request")
            else HttpResponseRedirect(home)
        )

    def _is_due(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated or self.roles.isdisjoint(request.user.roles):
            return False
        open_here = request.path.startswith(reverse("account_home")) or request.path == reverse(
            "set_language"
        )
        return not open_here and not is_mfa_enabled(request.user)
