"""What a token may do at all; what its person may do, the rules decide behind it."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from callcenter.errors import NotAllowed


class HasScope(BasePermission):
    """The token bears the scope that the address asks for; a session has no scopes and needs none."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say yes, or raise NotAllowed naming the scope that is missing."""
        scope = view.reads if request.method in SAFE_METHODS else view.writes
        token: Any = request.auth
        if token is None or scope is None or scope in token.scopes:
            return True
        raise NotAllowed(
            _("This token lacks the scope %(scope)s.") % {"scope": scope.value},
            code="missing_scope",
            mend=_("Ask an administrator for a token with it."),
        )
