"""Accounts: making, changing and closing them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Site, User
from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict


def create_person(
    *,
    actor: Actor,
    work_number: str,
    name: str,
    site: Site,
    now: datetime,
    email: str = "",
    language: str = "",
    password: str | None = None,
) -> User:
    """Make a person who can sign in once a password is set. A work number in use is a Conflict."""
    require(actor, "agents.manage_people")
    person = User(
        work_number=work_number, name=name, site=site, email=email, language=language, joined_at=now
    )
    person.set_password(password)
    with unless_taken("work_number", _("This work number is in use."), _("Choose another one.")):
        person.save(force_insert=True)
        log.record(actor, "person.created", person, now=now, site=site.code)
    return person


@transaction.atomic
def change_person(*, actor: Actor, person: User, name: str, email: str, site: Site, now: datetime) -> None:
    """Change what is known of a person and is not dated."""
    require(actor, "agents.manage_people")
    new = {"name": name, "email": email, "site": site}
    old = {field: getattr(person, field) for field in new}
    for field, value in new.items():
        setattr(person, field, value)
    person.save(update_fields=list(new))
    changed = {field: [str(old[field]), str(new[field])] for field in new if old[field] != new[field]}
    log.record(actor, "person.changed", person, now=now, changed=changed)


@transaction.atomic
def set_password(*, actor: Actor, person: User, password: str, now: datetime) -> None:
    """Set somebody's password, which ends their sessions. People change their own on the account page.

    Administrators only: whoever may set any password could otherwise sign in with anybody's rights.
    """
    require(actor, "agents.set_password")
    person.set_password(password)
    person.save(update_fields=["password"])
    log.record(actor, "person.password_set", person, now=now)


@transaction.atomic
def deactivate(*, actor: Actor, person: User, now: datetime) -> None:
    """Close an account: the person can no longer sign in; the past keeps their name. Nobody closes their own."""
    require(actor, "agents.manage_people")
    if actor.pk == person.pk:
        raise Conflict(_("This is your own account."), mend=_("Ask somebody else to close it."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    log.record(actor, "person.deactivated", person, now=now)


@transaction.atomic
def set_language(*, actor: Actor, person: User, language: str, now: datetime) -> None:
    """Choose the language of the person's pages and emails."""
    require(actor, "agents.set_language", person)
    old, person.language = person.language, language
    person.save(update_fields=["language"])
    log.record(actor, "person.language_set", person, now=now, old=old, new=language)
