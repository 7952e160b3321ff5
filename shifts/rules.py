"""Who may do what with rosters, leave and attendance (domain §1, §3). A manager decides nothing about themself."""

from typing import Any

import rules
from django.utils import timezone

from agents.selectors import organisation
from callcenter.access import Role, has_role
from shifts.querysets.scope import WHOLE_CENTRE

files = has_role(Role.GENERAL_AFFAIRS)
reads_rosters = has_role(Role.TEAM_LEAD, Role.SUPERVISOR, Role.REGIONAL_MANAGER, *WHOLE_CENTRE)


@rules.predicate
def plans_at(user: Any, site: Any) -> bool:
    """Say whether the user plans the roster of the site, as its supervisor or the manager of its region; without a site, of any."""
    if site is None:
        return bool(user.holds(Role.SUPERVISOR, Role.REGIONAL_MANAGER))
    return bool(user.holds_at(Role.SUPERVISOR, site.pk) or user.holds_at(Role.REGIONAL_MANAGER, site.pk))


@rules.predicate
def leads(user: Any, person: Any) -> bool:
    """Say whether the user leads the person's team today or plans their site; never about themself. Without a person: of any."""
    if person is None:
        return bool(user.holds(Role.TEAM_LEAD, Role.SUPERVISOR, Role.REGIONAL_MANAGER))
    if person.pk == user.pk:
        return False
    return bool(set(person.team_ids) & set(user.led_team_ids)) or person.site_id in user.site_ids


@rules.predicate
def acts_above(user: Any, person: Any) -> bool:
    """Say whether the user answers for the person now: as direct superior, or where that one is away as stand-in or next one up.

    Without a person: whether the user stands in for anybody.
    """
    now = timezone.now()
    if person is None:
        return bool(user.standing_in.at(now).exists())
    if person.pk == user.pk:
        return False
    rung = organisation([person.pk], now=now).rung_above(person.pk, 0, [person.pk])
    return rung is not None and user.pk in rung.people


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Say whether it is about the user."""
    return person is not None and person.pk == user.pk


@rules.predicate
def is_other(user: Any, person: Any) -> bool:
    """Say whether it is about somebody else."""
    return person is None or person.pk != user.pk


@rules.predicate
def has_part(user: Any, change: Any) -> bool:
    """Say whether the user asked for the change or is the colleague."""
    return change is not None and user.pk in (change.person_id, change.colleague_id)


@rules.predicate
def asked_for(user: Any, change: Any) -> bool:
    """Say whether the user asked for the change."""
    return change is not None and change.person_id == user.pk


@rules.predicate
def is_asked(user: Any, change: Any) -> bool:
    """Say whether the user is the colleague of the change."""
    return change is not None and change.colleague_id == user.pk


@rules.predicate
def decides_for_either(user: Any, change: Any) -> bool:
    """Say whether the user decides what one of the two asks for; without a change, what anybody does."""
    people = [None] if change is None else [change.person, change.colleague]
    decides = leads | acts_above
    return any(decides.test(user, person) for person in people if person or change is None)


# Objects: a site for planning, a person for what is about somebody, a change for what is done with it.
rules.add_perm("shifts.view_rosters", reads_rosters)
rules.add_perm("shifts.plan", plans_at)
rules.add_perm("shifts.manage_settings", plans_at | has_role(Role.ADMINISTRATOR))
rules.add_perm("shifts.ask", is_self)
rules.add_perm("shifts.decide", leads | acts_above)
rules.add_perm("shifts.file", files & is_other)
rules.add_perm("shifts.manage_balances", files & is_other)
rules.add_perm("shifts.clock", is_self)
rules.add_perm("shifts.import_states", plans_at)
rules.add_perm("shifts.answer_change", is_asked)
rules.add_perm("shifts.withdraw_change", asked_for)
rules.add_perm("shifts.decide_change", decides_for_either & ~has_part)
rules.add_perm("shifts.file_change", files & ~has_part)
