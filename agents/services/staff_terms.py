"""What a list of staff says of hours and skills, written for all its rows at once."""

from collections.abc import Sequence
from datetime import date, datetime

from agents.models import Contract, PersonSkill, User
from agents.services.dated import Timelines, write
from agents.services.employed import Employed
from agents.services.skills import NAMES, put_skill
from agents.services.staff_plan import Plan
from agents.services.terms import put_hours
from callcenter.access import Actor
from callcenter.audit.models import Entry


def write_terms(
    plans: Sequence[Plan], employed: Employed, actor: Actor, since: date, now: datetime
) -> set[User]:
    """Agree on the hours and give the skills of the plans from `since` on; return whom that changed.

    A skill without a level keeps the one that holds, or begins at the first; its expiry stays.
    """
    hours = [plan for plan in plans if plan.row.weekly_minutes]
    skilled = [plan for plan in plans if plan.skills]
    contracts = Timelines(Contract, ("person",), "weekly_minutes", [plan.person for plan in hours])
    skills = Timelines(PersonSkill, NAMES, "level", [plan.person for plan in skilled])
    told: list[tuple[User, Entry | None]] = []
    for plan in hours:
        agreed, minutes = contracts.of(plan.person), plan.row.weekly_minutes or 0
        entry = put_hours(agreed, minutes, since, employed=employed, actor=actor, now=now)
        told.append((plan.person, entry))
    for plan in skilled:
        for skill, level in plan.skills:
            timeline = skills.of(plan.person, skill)
            held = timeline.on(since)
            until = held.period.upper if held else None
            wanted = level or timeline.value(held) or 1
            entry = put_skill(timeline, wanted, since, until, employed=employed, actor=actor, now=now)
            told.append((plan.person, entry))
    write(contracts, *(entry for _person, entry in told))
    skills.write()
    return {person for person, entry in told if entry}
