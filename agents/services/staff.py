"""A list of staff becomes people, teams, superiors and roles: many at once, by the same rules as one by one."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.ladder import Organisation
from agents.models import SCOPES, Leadership, Membership, RoleGrant, Superior, User
from agents.selectors import superiors_upwards
from agents.services.dated import AT_ONCE, succeed_all, unless_taken
from agents.services.employed import Employed
from agents.services.staff_plan import Plan, Planner, StaffRow
from agents.services.staff_terms import write_terms
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.imports.kinds import Taken

FACTS: Final = ("name", "email", "site", "language", "joined_at")


@transaction.atomic
def take_staff(
    *, actor: Actor, rows: Sequence[StaffRow], since: date, now: datetime, site: str = ""
) -> Taken:
    """Make or change the people of a list; team, superior and roles hold from the day `since` on.

    `site` is the code or name of the site of new people whose row names none.

    New people cannot sign in until somebody sets their password. Roles are given, never taken away, and only by who
    may give roles. A row that no rule allows is refused and named, and so is whoever would come to stand above
    themself. What is so already counts as unchanged.
    """
    require(actor, "agents.manage_people")
    planner = Planner(actor, since, now, site)
    plans = planner.plans(rows)
    while True:
        new = sum(plan.person.pk is None for plan in plans)
        with transaction.atomic():
            changed = _write(plans, planner.employed, actor, since, now)
            circle = _in_a_circle(plans, since)
            transaction.set_rollback(bool(circle))
        if not circle:
            known = len(changed) - new
            return Taken(new, known, len(plans) - new - known, planner.refused)
        _refuse(planner, circle)
        plans = planner.plans([plan.row for plan in plans if plan not in circle])


def _in_a_circle(plans: Sequence[Plan], since: date) -> list[Plan]:
    organisation = Organisation(superiors_upwards([plan.person.pk for plan in plans], since))
    return [plan for plan in plans if plan.person.pk in organisation.ladder(plan.person.pk)]


def _refuse(planner: Planner, circle: Sequence[Plan]) -> None:
    rows = ", ".join(str(plan.row.row) for plan in circle)
    for plan in circle:
        reason = _("would stand above themself, directly or not (rows %(rows)s)") % {"rows": rows}
        planner.refuse(plan.row, "superior", reason)


def _write(plans: Sequence[Plan], employed: Employed, actor: Actor, since: date, now: datetime) -> set[User]:
    """Write the plans; return the people of the list who are new or changed."""
    changed = _write_people(plans, actor, now)
    people = {plan.row.work_number: plan.person for plan in plans}
    missing = {plan.row.superior for plan in plans} - people.keys() - {""}
    people |= {person.work_number: person for person in User.objects.filter(work_number__in=missing)}
    members = {plan.person: plan.team for plan in plans if plan.team}
    leads = {plan.leads: plan.person for plan in plans if plan.leads}
    above = {plan.person: people[plan.row.superior] for plan in plans if plan.row.superior}
    ends = {plan.person.pk: end for plan in plans if (end := employed.until(plan.person, since))}
    until = {team.pk: ends[lead.pk] for team, lead in leads.items() if lead.pk in ends}
    given: dict[str, Any] = {"since": since, "now": now}
    changed |= succeed_all(
        actor, Membership, ("person", "team"), members, action="person.moved", ends=ends, **given
    )
    changed |= succeed_all(
        actor, Superior, ("person", "superior"), above, action="person.superior_set", **given
    )
    led = succeed_all(
        actor, Leadership, ("team", "person"), leads, action="team.lead_appointed", ends=until, **given
    )
    changed |= {leads[team] for team in led} | _give_roles(plans, actor, since, now)
    return changed | write_terms(plans, employed, actor, since, now)


def _write_people(plans: Sequence[Plan], actor: Actor, now: datetime) -> set[User]:
    new = [plan for plan in plans if plan.person.pk is None]
    entries, changed = [], []
    for plan in plans:
        differing = {
            name: value for name, value in _facts(plan).items() if getattr(plan.person, name, None) != value
        }
        if plan.person.pk and differing:
            what = {name: [str(getattr(plan.person, name)), str(value)] for name, value in differing.items()}
            entries.append(log.entry(actor, "person.changed", plan.person, now=now, changed=what))
            changed.append(plan.person)
        for name, value in differing.items():
            setattr(plan.person, name, value)
    for plan in new:
        plan.person.password = make_password(None)
    with unless_taken("work_number", _("A work number came into use just now."), _("Try again.")):
        User.objects.bulk_create([plan.person for plan in new], batch_size=AT_ONCE)
    User.objects.bulk_update(changed, FACTS, batch_size=AT_ONCE)
    entries += [log.entry(actor, "person.created", plan.person, now=now, site=plan.site.code) for plan in new]
    log.record_many(entries)
    return {*changed, *(plan.person for plan in new)}


def _facts(plan: Plan) -> dict[str, Any]:
    """Return what the row says of the person; blank cells say nothing."""
    row, zone = plan.row, ZoneInfo(plan.site.calendar.time_zone)
    facts: dict[str, Any] = {"name": row.name, "email": row.email, "language": row.language}
    facts = {name: value for name, value in facts.items() if value} | {"site": plan.site}
    if row.joined and plan.person.joined_at.astimezone(zone).date() != row.joined:
        facts["joined_at"] = datetime.combine(row.joined, time(), zone)
    return facts


def _give_roles(plans: Sequence[Plan], actor: Actor, since: date, now: datetime) -> set[User]:
    grants, entries = [], []
    for plan in plans:
        for role, limit in plan.grants:
            limits = {SCOPES[role]: limit} if limit else {}
            grants.append(RoleGrant(person=plan.person, role=role, period=DateRange(since, None), **limits))
            facts = {"role": role.value, "scope": str(limit or ""), "since": str(since)}
            entries.append(log.entry(actor, "role.granted", plan.person, now=now, **facts))
    RoleGrant.objects.bulk_create(grants, batch_size=AT_ONCE)
    log.record_many(entries)
    return {plan.person for plan in plans if plan.grants}
