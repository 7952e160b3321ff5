"""Extra roles: what there is to apply for, applications and their decision, and who holds which."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.enums import ApplicationState
from agents.models import Application, ExtraRole, ExtraRoleHolding, User
from agents.notices import notices
from agents.selectors import direct_superior
from agents.services.dated import Timelines, unless_taken
from agents.services.employed import Employed
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue

NAMES = ("person", "role")


def make_extra_role(*, actor: Actor, code: str, name: str, now: datetime, description: str = "") -> ExtraRole:
    """Add an extra role, open for applications. A code or a name in use is a Conflict."""
    require(actor, "agents.manage_catalogue")
    with unless_taken("code", _("This code or name is in use."), _("Choose another one.")):
        role = ExtraRole.objects.create(code=code, name=name, description=description)
        log.record(actor, "extra_role.made", role, now=now, code=code)
    return role


def change_extra_role(
    *, actor: Actor, role: ExtraRole, name: str, description: str, is_open: bool, now: datetime
) -> ExtraRole:
    """Change the words of an extra role, close it for applications or open it again. Who holds it keeps it."""
    require(actor, "agents.manage_catalogue")
    new = {"name": name, "description": description, "is_open": is_open}
    with unless_taken("name", _("This name is in use."), _("Choose another one.")):
        locked = ExtraRole.objects.select_for_update().get(pk=role.pk)
        old = {field: getattr(locked, field) for field in new}
        for field, value in new.items():
            setattr(locked, field, value)
        locked.save(update_fields=list(new))
        log.record(actor, "extra_role.changed", locked, now=now, old=old, new=new)
    return locked


def apply_for_role(*, actor: Actor, person: User, role: ExtraRole, reason: str, now: datetime) -> Application:
    """Apply for an extra role; the direct superior is told. One application for a role waits at a time."""
    require(actor, "agents.apply", person)
    if not role.is_open:
        raise Conflict(
            _("Nobody can apply for this at present."), field="role", mend=_("Choose another one.")
        )
    if person.extra_roles.not_over(person.day_at(now)).filter(role=role).exists():
        raise Conflict(_("You hold this already."), field="role", mend=_("Choose another one."))
    with unless_taken("role", _("You have applied for this already."), _("Wait for the decision.")):
        application = Application.objects.create(person=person, role=role, reason=reason, asked_at=now)
        log.record(actor, "application.made", application, now=now, role=role.code)
        superior = direct_superior(person, person.day_at(now))
        _tell(application, [superior] if superior else [], "application_made", now)
    return application


@transaction.atomic
def approve_application(
    *,
    actor: Actor,
    application_id: int,
    since: date,
    now: datetime,
    until: date | None = None,
    decision: str = "",
) -> Application:
    """Give the applicant the role from `since` on, until `until` if that is set, and tell them."""
    application = _waiting(actor, application_id)
    timelines = Timelines(ExtraRoleHolding, NAMES, "", [application.person])
    timeline = timelines.of(application.person, application.role)
    Employed([application.person]).place(timeline, None, since, until)
    timelines.write()
    return _decide(application, ApplicationState.APPROVED, actor, decision, now, since=str(since))


@transaction.atomic
def refuse_application(*, actor: Actor, application_id: int, decision: str, now: datetime) -> Application:
    """Refuse an application for the reason `decision`, and tell the applicant."""
    application = _waiting(actor, application_id)
    if not decision.strip():
        raise DomainError(
            _("A refusal needs its reason."), field="decision", mend=_("Say why; the applicant reads it.")
        )
    return _decide(application, ApplicationState.REFUSED, actor, decision, now)


@transaction.atomic
def withdraw_application(*, actor: Actor, application_id: int, now: datetime) -> Application:
    """Take back one's own application before it is decided."""
    application = _locked(application_id)
    require(actor, "agents.apply", application.person)
    _refuse_decided(application)
    application.state = ApplicationState.WITHDRAWN
    application.save(update_fields=["state"])
    log.record(actor, "application.withdrawn", application, now=now)
    return application


@transaction.atomic
def end_extra_role(*, actor: Actor, person: User, role: ExtraRole, from_day: date, now: datetime) -> None:
    """Let the person hold the extra role no longer from `from_day` on: laid down, or taken by who leads them."""
    require(actor, "agents.end_extra_role", person)
    timelines = Timelines(ExtraRoleHolding, NAMES, "", [person])
    if not timelines.of(person, role).end(from_day):
        raise Conflict(_("The role has ended by then."), field="from_day", mend=_("Choose an earlier day."))
    timelines.write()
    log.record(actor, "extra_role.ended", person, now=now, role=role.code, since=str(from_day))


def _locked(application_id: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "person__site__calendar", "role"
    )
    application: Application = rows.get(pk=application_id)
    return application


def _waiting(actor: Actor, application_id: int) -> Application:
    """Return the application, locked, if the actor may decide it and it is not decided."""
    application = _locked(application_id)
    require(actor, "agents.decide_application", application.person)
    _refuse_decided(application)
    return application


def _refuse_decided(application: Application) -> None:
    if application.state != ApplicationState.ASKED:
        raise Conflict(
            _("This application is settled: %(state)s.") % {"state": application.get_state_display()},
            mend=_("A new one can be made."),
        )


def _decide(
    application: Application,
    state: ApplicationState,
    actor: Actor,
    decision: str,
    now: datetime,
    **facts: str,
) -> Application:
    application.state, application.decision = state, decision
    application.decided_by_id, application.decided_at = actor.pk, now
    application.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    log.record(actor, f"application.{state}", application, now=now, decision=decision, **facts)
    _tell(application, [application.person], "application_decided", now)
    return application


def _tell(application: Application, people: list[User], what: str, now: datetime) -> None:
    key = f"application:{application.pk}"
    context = {
        "person": str(application.person),
        "role": str(application.role),
        "state": str(application.state),
        "reason": application.reason,
        "decision": application.decision,
        "path": application.get_absolute_url(),
    }
    queue.enqueue(
        notices(
            f"{key}:{what}", people, template=f"agents/notify/{what}", context=context, topic=key, now=now
        )
    )
