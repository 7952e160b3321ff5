"""Loading the signed-in person with what every page needs of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from agents.models import User


class PersonBackend(AuthenticationBackend):
    """allauth's sign-in by work number; the person comes with site and calendar in one query."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active person of a session."""
        person: User | None = (
            User.objects.filter(pk=user_id, is_active=True).select_related("site__calendar").first()
        )
        return person
