"""allauth in the centre's words and rules: nobody signs up; a company's directory only says who somebody is."""

import logging
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import User
from callcenter.errors import Conflict

NAME = "Harbour Desk"

log = logging.getLogger(__name__)


class ClosedDoorAdapter(DefaultAccountAdapter):
    """allauth without sign-up, refusing in the centre's words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("Work number or password is not right."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Wait five minutes, or ask your administrator."
        ),
        "rate_limited": gettext_lazy("Too many tries. Wait five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep the door closed."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Leave the work number alone."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account page."""
        return reverse("account_home")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors under the centre's name; their secrets are encrypted before they are stored."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not right. Try again with a new code, or with another key."),
    }

    def get_totp_issuer(self) -> str:
        """Name the product in the authenticator app."""
        return NAME

    def get_totp_label(self, user: User) -> str:
        """Name the person in the authenticator app."""
        return user.work_number

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (allauth's signature)
        """Propose a name for a new passkey."""
        return _("Passkey %(number)d") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the product in the browser's dialogue; a passkey holds for this host alone."""
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Name the person in the browser's dialogue."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.work_number, "display_name": user.name}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database, with a key that follows from SECRET_KEY."""
        return _locksmith().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; a Conflict if none of the keys fits."""
        try:
            return _locksmith().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as trouble:
            raise Conflict(
                _("Your second step can no longer be read."),
                mend=_("Ask your administrator to reset it, then set it up again."),
            ) from trouble


def _locksmith() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [
        salted_hmac("agents.second_factor", "", secret, algorithm="sha256").digest() for secret in secrets
    ]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the company's directory, for people who exist here. No link is kept: the work number decides."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person whose work number the directory tells; refuse everybody else."""
        claims = _claims(sociallogin.account.extra_data)
        number = str(claims.get(settings.OIDC_NUMBER_CLAIM) or "").strip()
        person = User.objects.filter(work_number=number).first()
        if person is None:
            log.warning("The directory's %s %r is nobody here", settings.OIDC_NUMBER_CLAIM, number)
            page = render(request, "socialaccount/unknown.html", {"number": number}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.user = person
        # allauth could also tie the directory's account to whoever is signed in; here it only ever signs in.
        sociallogin.state["process"] = "login"

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_more: Any
    ) -> None:
        """Tell the log what the page does not: why the directory's answer was refused."""
        log.warning("Sign-in by the directory failed: %s %s", error, exception)


def _claims(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what the directory says of a person: both of its answers, if they speak of the same one."""
    token, told = answer.get("id_token", {}), answer.get("userinfo", {})
    if token and told and token.get("sub") != told.get("sub"):
        return {}
    return {**told, **token}
