"""What a list of staff asks for, row by row: understood, or refused with a reason. Writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from agents.models import RoleGrant, Site, Skill, Team, User
from agents.services.directory import Directory
from agents.services.employed import Employed
from agents.services.skill_rows import HouseSkills
from callcenter.access import Actor, Role
from callcenter.imports.kinds import BadCell


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What a list says of one person. What is blank stays as it is."""

    row: int
    work_number: str
    name: str = ""
    email: str = ""
    site: str = ""
    team: str = ""
    leads: str = ""
    superior: str = ""
    roles: tuple[Role, ...] = ()
    department: str = ""
    joined: date | None = None
    language: str = ""
    weekly_minutes: int | None = None
    skills: tuple[tuple[str, int | None], ...] = ()


@dataclass(eq=False, slots=True)
class Plan:
    """A row that was understood; a new `person` is not saved yet."""

    row: StaffRow
    person: User
    site: Site
    team: Team | None = None
    leads: Team | None = None
    grants: list[tuple[Role, Any]] = field(default_factory=list)
    skills: list[tuple[Skill, int | None]] = field(default_factory=list)


class Planner:
    """Understands the rows of one list; a new person whose row names no site is at `site`. `refused` names row, field and reason of the others."""

    def __init__(self, actor: Actor, since: date, now: datetime, site: str) -> None:
        self.actor, self.since, self.now, self.site = actor, since, now, site
        self.refused: list[tuple[int, str, str]] = []

    def refuse(self, row: StaffRow, name: str, reason: str) -> None:
        """Leave a row out, and say why."""
        self.refused.append((row.row, name, reason))

    def plans(self, rows: Sequence[StaffRow]) -> list[Plan]:
        """Return a plan for each row that can be taken, refuse the others."""
        numbers = [number for row in rows for number in (row.work_number, row.superior) if number]
        self.directory = Directory(numbers, on=self.since)
        self.skills = HouseSkills()
        self.held = _held(self.directory.people.values(), self.since)
        self.employed = Employed(list(self.directory.people.values()))
        found = []
        for row in self._each_once(rows):
            try:
                found.append(self._plan(row))
            except BadCell as bad:
                self.refuse(row, bad.field, bad.reason)
        return self._below_somebody(self._one_lead_each(found))

    def _each_once(self, rows: Sequence[StaffRow]) -> list[StaffRow]:
        same: dict[str, list[StaffRow]] = defaultdict(list)
        for row in rows:
            same[row.work_number].append(row)
        for number, twice in same.items():
            if len(twice) > 1:
                reason = _("the work number %(number)s stands in rows %(rows)s") % {
                    "number": number,
                    "rows": ", ".join(str(row.row) for row in twice),
                }
                for row in twice:
                    self.refuse(row, "work_number", reason)
        return [found[0] for found in same.values() if len(found) == 1]

    def _plan(self, row: StaffRow) -> Plan:
        known = self.directory.people.get(row.work_number)
        if known and not known.is_active:
            raise BadCell("work_number", _("this account is closed"))
        if known and not self.employed.on(known, self.since):
            raise BadCell("work_number", _("not employed on %(day)s") % {"day": self.since})
        words = {"name": row.name, "site": row.site or self.site}
        for name, word in words.items():
            if known is None and not word:
                raise BadCell(name, _("a new person needs this"))
        site = known.site if known and not row.site else self.directory.site(words["site"])
        person = known or User(work_number=row.work_number, joined_at=self.now)
        return Plan(
            row,
            person,
            site,
            self.directory.team(site, row.team, "team") if row.team else None,
            self.directory.team(site, row.leads, "leads") if row.leads else None,
            self._grants(row, person, site),
            [(self.skills.named(words, field="skills"), level) for words, level in row.skills],
        )

    def _grants(self, row: StaffRow, person: User, site: Site) -> list[tuple[Role, Any]]:
        """Return the roles that the person is to get, each with its limit; those held already are none."""
        limits = [(role, self.directory.limit(role, site, row.department)) for role in row.roles]
        lacking = [
            (role, limit)
            for role, limit in limits
            if (person.pk, role.value, limit.pk if limit else None) not in self.held
        ]
        if lacking and not self.actor.has_perm("agents.manage_roles"):
            raise BadCell("roles", _("only an administrator gives roles"))
        if lacking and person.pk and person.pk == self.actor.pk:
            raise BadCell("roles", _("nobody gives a role to themself"))
        return lacking

    def _one_lead_each(self, plans: list[Plan]) -> list[Plan]:
        leads: dict[int, Plan] = {}
        for plan in plans:
            if plan.leads and (first := leads.setdefault(plan.leads.pk, plan)) is not plan:
                reason = _("row %(row)d names another lead of this team") % {"row": first.row.row}
                self.refuse(plan.row, "leads", reason)
        return [plan for plan in plans if not plan.leads or leads[plan.leads.pk] is plan]

    def _below_somebody(self, plans: list[Plan]) -> list[Plan]:
        """Keep those whose superior works here or comes with this list: a refused superior takes them along."""
        working = {number for number, person in self.directory.people.items() if person.is_active}
        while True:
            here = working | {plan.row.work_number for plan in plans}
            lost = [plan for plan in plans if plan.row.superior and plan.row.superior not in here]
            if not lost:
                return [plan for plan in plans if not self._is_own_superior(plan)]
            for plan in lost:
                reason = _(
                    "nobody who works here has the work number %(number)s, nor does a row that can be taken"
                )
                self.refuse(plan.row, "superior", reason % {"number": plan.row.superior})
            plans = [plan for plan in plans if plan not in lost]

    def _is_own_superior(self, plan: Plan) -> bool:
        if plan.row.superior != plan.row.work_number:
            return False
        self.refuse(plan.row, "superior", _("nobody is their own superior"))
        return True


def _held(people: Any, since: date) -> set[tuple[int, str, int | None]]:
    """Return the roles that hold on the day or later, as person, role and limit."""
    grants = RoleGrant.objects.not_over(since).filter(person__in=list(people))
    return {
        (grant.person_id, grant.role, grant.site_id or grant.region_id or grant.department_id)
        for grant in grants
    }
