"""Accounts are made by administrators: nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedDoorAdapter(DefaultAccountAdapter):
    """allauth without sign-up, refusing in the centre's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Work number or password is not right."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or ask your administrator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door closed."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave the work number alone."""
