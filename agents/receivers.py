"""What allauth does to an account goes into the audit, and a new session is known to be alive."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone, translation

from agents import services
from agents.middleware import TRACKED
from callcenter.audit import log

DEEDS: dict[Signal, str] = {
    authenticator_added: "person.sign_in_method_added",
    authenticator_removed: "person.sign_in_method_removed",
    authenticator_reset: "person.sign_in_method_renewed",
}


@receiver(list(DEEDS))
def note_method(*, signal: Signal, user: Any, authenticator: Any, **_more: Any) -> None:
    """Record that somebody changed how they sign in."""
    log.record(user, DEEDS[signal], user, now=timezone.now(), method=authenticator.type)


@receiver(user_logged_in)
def track_session(*, request: HttpRequest, **_more: Any) -> None:
    """Mark the new session as one that stands in the list of sessions."""
    request.session[TRACKED] = True


@receiver(user_logged_in)
def keep_language(*, user: Any, **_more: Any) -> None:
    """Keep the language of somebody's first sign-in, so that mail speaks it as well; they may choose another."""
    if not user.language:
        language = translation.get_language() or "en"
        services.set_language(actor=user, person=user, language=language, now=timezone.now())


@receiver(password_changed)
def note_password(*, user: Any, **_more: Any) -> None:
    """Record that somebody changed their own password, which ends their other sessions."""
    log.record(user, "person.password_changed", user, now=timezone.now())
