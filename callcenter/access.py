"""Who may do what: role names, the machine as an actor, and the one question every service asks."""

from typing import Any, Protocol

import rules
from django.db import models
from django.utils.translation import gettext_lazy as _

from callcenter.errors import NotAllowed


class Role(models.TextChoices):
    """The roles of the centre (domain §1). A person holds any number of them, each dated."""

    AGENT = "agent", _("Agent")
    TEAM_LEAD = "team_lead", _("Team lead")
    SUPERVISOR = "supervisor", _("Supervisor")
    REGIONAL_MANAGER = "regional_manager", _("Regional service manager")
    SERVICE_MANAGER = "service_manager", _("Service department manager")
    GENERAL_AFFAIRS = "general_affairs", _("General affairs / HR")
    EXECUTIVE = "executive", _("Executive")
    TRAINER = "trainer", _("Trainer")
    QUALITY = "quality", _("Quality inspector")
    DEPARTMENT_OWNER = "department_owner", _("Department owner")
    ADMINISTRATOR = "administrator", _("Administrator")


class Actor(Protocol):
    """Whoever acts: a person or the machine. There is no anonymous None."""

    pk: Any

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say whether the actor may do `perm`, on `obj` if one is given."""
        ...


class SystemActor:
    """The machine: sweeps, seeds and imports act under its name and may do what their code does."""

    pk = None

    def __str__(self) -> str:
        """Return the name that the audit shows."""
        return "system"

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return True: the machine runs only our own code."""
        return True


SYSTEM = SystemActor()


def require(actor: Actor | None, perm: str, obj: Any = None) -> None:
    """Raise NotAllowed unless `actor` may do `perm` (on `obj`). None as an actor is a programming error."""
    if actor is None:
        message = "somebody must act: a person, or SYSTEM"
        raise TypeError(message)
    if not actor.has_perm(perm, obj):
        raise NotAllowed


def has_role(*roles: Role) -> rules.Predicate:
    """Return the predicate “holds one of these roles today, anywhere”."""

    def holds(user: Any) -> bool:
        return bool(user.holds(*roles))

    return rules.Predicate(holds, name="has_role({})".format(", ".join(sorted(roles))))
