"""A list of who has which skill becomes skills of people, by the same rules as one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import PersonSkill, Skill
from agents.services.dated import Timelines, write
from agents.services.employed import Employed
from agents.services.listed import Listed, take_each
from agents.services.skills import NAMES, put_skill
from callcenter.access import Actor, require
from callcenter.audit.models import Entry
from callcenter.imports.kinds import BadCell, Taken


@dataclass(frozen=True, slots=True)
class SkillRow:
    """What a list says of one skill of one person; `until` is the first day on which it no longer holds."""

    row: int
    work_number: str
    skill: str
    level: int | None = None
    since: date | None = None
    until: date | None = None


@transaction.atomic
def take_skills(*, actor: Actor, rows: Sequence[SkillRow], since: date, now: datetime) -> Taken:
    """Give the skills of a list, from `since` on where a row names no day.

    A blank level or expiry leaves the one that holds on the day as it is; a new skill begins at level 1. Skills are
    given, never taken away.
    """
    require(actor, "agents.manage_skills")
    listed = Listed(actor, "agents.manage_skills", rows)
    people = list(listed.people.values())
    timelines, employed = Timelines(PersonSkill, NAMES, "level", people), Employed(people)
    house, entries, said = HouseSkills(), list[Entry](), dict[tuple[str, int, date], int]()

    def take(row: SkillRow) -> bool:
        person, skill = listed.person(row.work_number), house.named(row.skill)
        day = row.since or since
        if (first := said.setdefault((row.work_number, skill.pk, day), row.row)) != row.row:
            raise BadCell("skill", _("row %(row)d says this of the same day") % {"row": first})
        timeline = timelines.of(person, skill)
        held = timeline.on(day)
        level = row.level or timeline.value(held) or 1
        until = row.until or (held.period.upper if held else None)
        entry = put_skill(timeline, level, day, until, employed=employed, actor=actor, now=now)
        entries.extend([entry] if entry else [])
        return entry is not None

    taken = take_each(rows, take)
    write(timelines, *entries)
    return taken


class HouseSkills:
    """The skills of the house by code and by name."""

    def __init__(self) -> None:
        skills = list(Skill.objects.all())
        self.known = {skill.name.casefold(): skill for skill in skills}
        self.known |= {skill.code.casefold(): skill for skill in skills}

    def named(self, words: str, *, field: str = "skill") -> Skill:
        """Return the skill of this code or name; BadCell if there is none, or it is retired."""
        skill = self.known.get(words.casefold())
        if skill is None:
            raise BadCell(field, _("there is no skill “%(name)s”") % {"name": words})
        if not skill.is_active:
            raise BadCell(field, _("the skill “%(name)s” is retired") % {"name": words})
        return skill
