"""The skills of the house, and who has which at what level."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.enums import LEVELS
from agents.models import PersonSkill, Skill, User
from agents.services.dated import Timelines, unless_taken, write
from agents.services.employed import Employed
from agents.timeline import Timeline
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError

NAMES = ("person", "skill")


def make_skill(*, actor: Actor, code: str, name: str, now: datetime) -> Skill:
    """Add a skill to those of the house. A code or a name in use is a Conflict."""
    require(actor, "agents.manage_catalogue")
    with unless_taken("code", _("This code or name is in use."), _("Choose another one.")):
        skill = Skill.objects.create(code=code, name=name)
        log.record(actor, "skill.made", skill, now=now, code=code)
    return skill


def change_skill(*, actor: Actor, skill: Skill, name: str, is_active: bool, now: datetime) -> Skill:
    """Rename a skill, retire it or take it up again. Whoever has a retired one keeps it; nobody is given it."""
    require(actor, "agents.manage_catalogue")
    with unless_taken("name", _("This name is in use."), _("Choose another one.")):
        locked = Skill.objects.select_for_update().get(pk=skill.pk)
        old = {"name": locked.name, "is_active": locked.is_active}
        locked.name, locked.is_active = name, is_active
        locked.save(update_fields=["name", "is_active"])
        new = {"name": name, "is_active": is_active}
        log.record(actor, "skill.changed", locked, now=now, old=old, new=new)
    return locked


@transaction.atomic
def give_skill(
    *,
    actor: Actor,
    person: User,
    skill: Skill,
    level: int,
    since: date,
    now: datetime,
    until: date | None = None,
) -> bool:
    """Let the person have `skill` at `level` (1 to 5) from `since` on, until it expires on `until`; say whether that is new.

    Another level that holds on `since` ends there. One that begins later stays: an expiry beyond it is a Conflict.
    """
    require(actor, "agents.manage_skills", person)
    timelines = Timelines(PersonSkill, NAMES, "level", [person])
    timeline = timelines.of(person, skill)
    entry = put_skill(timeline, level, since, until, employed=Employed([person]), actor=actor, now=now)
    return write(timelines, entry)


def put_skill(
    timeline: Timeline,
    level: int,
    since: date,
    until: date | None,
    *,
    employed: Employed,
    actor: Actor,
    now: datetime,
) -> Entry | None:
    """Do what `give_skill` does in a timeline that the caller locked; return the audit's entry if that changes anything.

    The caller writes both.
    """
    person, skill = timeline.key["person"], timeline.key["skill"]
    if not skill.is_active:
        raise Conflict(
            _("The skill “%(skill)s” is retired.") % {"skill": skill},
            field="skill",
            mend=_("Choose another one."),
        )
    if level not in LEVELS:
        raise DomainError(
            _("A level is a number from 1 to 5."), field="level", mend=_("Choose one of these.")
        )
    if not employed.place(timeline, level, since, until):
        return None
    facts = {"skill": skill.code, "level": level, "since": str(since), "until": str(until or "")}
    return log.entry(actor, "person.skill_given", person, now=now, **facts)


@transaction.atomic
def end_skill(*, actor: Actor, person: User, skill: Skill, from_day: date, now: datetime) -> None:
    """Let the skill expire: from `from_day` on the person has it at no level, also none that was to come."""
    require(actor, "agents.manage_skills", person)
    timelines = Timelines(PersonSkill, NAMES, "level", [person])
    if not timelines.of(person, skill).end(from_day):
        raise Conflict(_("The skill has ended by then."), field="from_day", mend=_("Choose an earlier day."))
    timelines.write()
    log.record(actor, "person.skill_ended", person, now=now, skill=skill.code, since=str(from_day))
