"""Reads for the account page: how a person signs in, and where they are signed in."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from agents.devices import device
from agents.models import User


@dataclass(frozen=True)
class OpenSession:
    """A session of a person; `place` is the network address it was last signed in from."""

    pk: int
    device: str
    place: str
    since: datetime
    seen: datetime
    is_this: bool


@dataclass
class Methods:
    """What a person has besides the password; None and nothing are “not set up”."""

    app: Authenticator | None = None
    codes_left: int = 0
    passkeys: list[Authenticator] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Say whether a second step is asked for at sign-in."""
        return bool(self.app or self.passkeys)


def sessions_of(person: User, *, current: str) -> list[OpenSession]:
    """Return the person's open sessions, last seen first; what has ended is cleared away. `current` is the key of ours."""
    rows = [
        OpenSession(
            pk=row.pk,
            device=device(row.user_agent),
            place=row.ip,
            since=row.created_at,
            seen=row.last_seen_at,
            is_this=row.session_key == current,
        )
        for row in UserSession.objects.purge_and_list(person)
    ]
    return sorted(rows, key=lambda row: (row.is_this, row.seen), reverse=True)


def methods_of(person: User) -> Methods:
    """Return what the person has set up."""
    methods = Methods()
    for row in Authenticator.objects.filter(user=person).order_by("created_at"):
        if row.type == Authenticator.Type.TOTP:
            methods.app = row
        elif row.type == Authenticator.Type.RECOVERY_CODES:
            methods.codes_left = len(row.wrap().get_unused_codes())
        else:
            methods.passkeys.append(row)
    return methods
