"""Every write about people and places."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.translation import gettext as _

from agents.ladder import Organisation
from agents.models import (
    SCOPES,
    Absence,
    Leadership,
    Membership,
    RoleGrant,
    Superior,
    Team,
    User,
)
from agents.selectors import direct_superiors
from callcenter.access import Actor, Role, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError

Row = TypeVar("Row", Membership, Leadership, Superior)


def create_person(
    *,
    actor: Actor,
    work_number: str,
    name: str,
    site: Any,
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
    with _unless_taken("work_number", _("This work number is in use."), _("Choose another one.")):
        person.save(force_insert=True)
        log.record(actor, "person.created", person, now=now, site=site.code)
    return person


@transaction.atomic
def set_password(*, actor: Actor, person: User, password: str, now: datetime) -> None:
    """Set somebody's password (administrators; people change their own on the account page)."""
    require(actor, "agents.manage_people")
    person.set_password(password)
    person.save(update_fields=["password"])
    log.record(actor, "person.password_set", person, now=now)


@transaction.atomic
def deactivate(*, actor: Actor, person: User, now: datetime) -> None:
    """Close an account: the person can no longer sign in; the past keeps their name."""
    require(actor, "agents.manage_people")
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


def move_to_team(*, actor: Actor, person: User, team: Team, since: date, now: datetime) -> Membership:
    """Put the person into `team` from the day `since` on; the membership before it ends there."""
    require(actor, "agents.manage_people")
    return _succeed(actor, Membership, {"person": person}, {"team": team}, since, now, "person.moved")


def appoint_lead(*, actor: Actor, team: Team, person: User, since: date, now: datetime) -> Leadership:
    """Make the person the lead of `team` from `since` on; the lead before them ends there."""
    require(actor, "agents.manage_people")
    return _succeed(actor, Leadership, {"team": team}, {"person": person}, since, now, "team.lead_appointed")


def set_superior(*, actor: Actor, person: User, superior: User, since: date, now: datetime) -> Superior:
    """Set who is the person's direct superior from `since` on. A circle of superiors is refused."""
    require(actor, "agents.manage_people")
    if person == superior or person.pk in _ladder_of(superior, since):
        raise DomainError(
            _("%(superior)s reports to %(person)s, directly or not.")
            % {"superior": superior, "person": person},
            field="superior",
            mend=_("Choose somebody who does not."),
        )
    return _succeed(
        actor, Superior, {"person": person}, {"superior": superior}, since, now, "person.superior_set"
    )


def _ladder_of(person: User, on: date) -> list[int]:
    superiors: dict[int, int] = {}
    frontier = {person.pk}
    while frontier:
        found = direct_superiors(frontier, on)
        superiors |= found
        frontier = set(found.values()) - superiors.keys()
    return Organisation(superiors).ladder(person.pk)


@transaction.atomic
def _succeed(
    actor: Actor,
    model: type[Row],
    key: dict[str, Any],
    value: dict[str, Any],
    since: date,
    now: datetime,
    action: str,
) -> Row:
    """End the row of `key` that holds on `since`, begin the next; later rows stay and bound it. Same value: no change."""
    subject = next(iter(key.values()))
    type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    rows = model.objects.filter(**key)
    current = rows.on(since).first()
    if current and all(getattr(current, name) == wanted for name, wanted in value.items()):
        return current
    following = rows.filter(period__startswith__gt=since).order_by("period").first()
    until = following.period.lower if following else None
    if current and current.period.lower == since:
        current.delete()
    elif current:
        current.period = DateRange(current.period.lower, since)
        current.save(update_fields=["period"])
    row = model.objects.create(**key, **value, period=DateRange(since, until))
    new = {name: str(wanted) for name, wanted in value.items()}
    old = {name: str(getattr(current, name)) for name in value} if current else {}
    log.record(actor, action, subject, now=now, since=since.isoformat(), old=old, new=new)
    return row


def grant_role(
    *,
    actor: Actor,
    person: User,
    role: Role,
    since: date,
    now: datetime,
    until: date | None = None,
    scope: Any = None,
) -> RoleGrant:
    """Give a role from `since` on; `scope` is the site, region or department that the role is limited to."""
    require(actor, "agents.manage_roles")
    field = SCOPES.get(role)
    if bool(field) != (scope is not None):
        raise DomainError(
            _("The role %(role)s needs a %(scope)s.") % {"role": role.label, "scope": field}
            if field
            else _("The role %(role)s holds for the whole centre.") % {"role": role.label},
            field="scope",
            mend=_("Choose what it is limited to.") if field else _("Leave the limit empty."),
        )
    limits = {field: scope} if field else {}
    with _unless_taken(
        "role", _("The person holds this role already."), _("End it first, or choose other days.")
    ):
        grant = RoleGrant.objects.create(person=person, role=role, period=DateRange(since, until), **limits)
        log.record(
            actor, "role.granted", person, now=now, role=role.value, scope=str(scope or ""), since=str(since)
        )
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant: RoleGrant, from_day: date, now: datetime) -> None:
    """Take a role away from `from_day` on; one that would never have held is removed."""
    require(actor, "agents.manage_roles")
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant.pk)
    log.record(actor, "role.ended", locked.person, now=now, role=locked.role, since=str(from_day))
    if locked.period.lower >= from_day:
        locked.delete()
    else:
        locked.period = DateRange(locked.period.lower, from_day)
        locked.save(update_fields=["period"])


def record_absence(
    *,
    actor: Actor,
    person: User,
    since: datetime,
    until: datetime,
    now: datetime,
    stand_in: User | None = None,
    reason: str = "",
) -> Absence:
    """Record that the person is away from `since` until `until`, and who acts for them."""
    require(actor, "agents.record_absence", person)
    if until <= since:
        raise DomainError(
            _("The absence ends before it begins."), field="until", mend=_("Choose a later end.")
        )
    if stand_in == person:
        raise DomainError(
            _("Nobody can stand in for themself."),
            field="stand_in",
            mend=_("Choose somebody else or nobody."),
        )
    with _unless_taken(
        "since", _("The person is away already in this time."), _("Change the recorded absence.")
    ):
        absence = Absence.objects.create(
            person=person, period=DateTimeTZRange(since, until), stand_in=stand_in, reason=reason
        )
        log.record(
            actor,
            "absence.recorded",
            person,
            now=now,
            since=since.isoformat(),
            until=until.isoformat(),
            stand_in=str(stand_in or ""),
        )
    return absence


@transaction.atomic
def withdraw_absence(*, actor: Actor, absence: Absence, now: datetime) -> None:
    """Take a recorded absence back."""
    require(actor, "agents.record_absence", absence.person)
    log.record(
        actor,
        "absence.withdrawn",
        absence.person,
        now=now,
        since=absence.period.lower.isoformat(),
        until=absence.period.upper.isoformat(),
    )
    absence.delete()


@contextmanager
def _unless_taken(field: str, message: str, mend: str) -> Iterator[None]:
    """Run a transaction in which a unique or exclusion constraint means “taken”: a Conflict that names the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Conflict(message, code="taken", field=field, mend=mend) from clash
