"""Who sees key figures. Whose figures, the calls' own row scope decides: an agent sees the own ones."""

from typing import Any

import rules

from callcenter.access import Role, has_role
from kpi.querysets.people import ABOVE, people_of


@rules.predicate
def targets_are_theirs(user: Any, target: Any) -> bool:
    """Say whether somebody sets such a target; without one, whether any.

    Managers of the service department set every one, those of a region the ones of its sites, supervisors those of their
    sites' teams.
    """
    if user.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
        return True
    if target is None:
        return bool(user.site_ids)
    if target.team:
        return target.team.site_id in user.site_ids
    site = target.queue.site_id if target.queue else target.site_id
    return bool(user.holds_at(Role.REGIONAL_MANAGER, site))


@rules.predicate
def answers_warning(user: Any, warning: Any) -> bool:
    """Say whether somebody leads the team of a warning or runs its site; never about themself. Without one: whether any."""
    if user.holds(Role.SERVICE_MANAGER):
        return warning is None or warning.agent_id != user.pk
    if warning is None:
        return bool(user.led_team_ids or user.site_ids)
    mine = warning.team_id in user.led_team_ids or warning.site_id in user.site_ids
    return bool(mine and warning.agent_id != user.pk)


rules.add_perm(
    "kpi.view",
    has_role(
        Role.AGENT,
        Role.TEAM_LEAD,
        Role.SUPERVISOR,
        Role.REGIONAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.EXECUTIVE,
        Role.QUALITY,
        Role.TRAINER,
    ),
)
rules.add_perm("kpi.set_target", targets_are_theirs)
rules.add_perm(
    "kpi.view_warnings",
    has_role(
        Role.TEAM_LEAD,
        Role.SUPERVISOR,
        Role.REGIONAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.EXECUTIVE,
        Role.QUALITY,
        Role.TRAINER,
    ),
)
rules.add_perm("kpi.answer_warning", answers_warning)
rules.add_perm("kpi.set_warnings", has_role(Role.SERVICE_MANAGER, Role.ADMINISTRATOR))


@rules.predicate
def assesses(user: Any, assessment: Any) -> bool:
    """Say whether somebody makes the assessment of this role at this site: whoever stands above it; without one, any."""
    if assessment is None:
        return bool(user.holds(Role.SUPERVISOR, Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.EXECUTIVE))
    return _stands_above(user, assessment) or (
        user.holds_at(Role.SUPERVISOR, assessment.site_id) and assessment.role not in ABOVE
    )


@rules.predicate
def approves(user: Any, assessment: Any) -> bool:
    """Say whether somebody approves it: a manager above whoever makes it. Without one: whether any."""
    if assessment is None:
        return bool(user.holds(Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.EXECUTIVE))
    return _stands_above(user, assessment)


def _stands_above(user: Any, assessment: Any) -> bool:
    if user.holds(Role.EXECUTIVE):
        return True
    if user.holds(Role.SERVICE_MANAGER):
        return bool(assessment.role != Role.SERVICE_MANAGER)
    at_site = bool(user.holds_at(Role.REGIONAL_MANAGER, assessment.site_id))
    return bool(at_site and assessment.role not in ABOVE[1:])


@rules.predicate
def pays(user: Any, assessment: Any) -> bool:
    """Say whether somebody takes it to pay: general affairs, of their own role the executives."""
    if user.holds(Role.EXECUTIVE):
        return True
    others = assessment is None or assessment.role != Role.GENERAL_AFFAIRS
    return others and bool(user.holds(Role.GENERAL_AFFAIRS))


@rules.predicate
def owns_card(user: Any, card: Any) -> bool:
    """Say whether the scorecard is the user's own."""
    return card is not None and card.person_id == user.pk


@rules.predicate
def decides_on_card(user: Any, card: Any) -> bool:
    """Say whether somebody decides appeals against the scorecard: who makes such assessments, never about themself."""
    return assesses.test(user, card and card.assessment) and not owns_card.test(user, card)


@rules.predicate
def leads_person(user: Any, person: Any) -> bool:
    """Say whether somebody answers for the person's work; without a person, for anybody's."""
    people = people_of(user)
    return people.exists() if person is None else people.filter(pk=person.pk).exists()


@rules.predicate
def is_person(user: Any, person: Any) -> bool:
    """Say whether it is about the user."""
    return person is not None and person.pk == user.pk


@rules.predicate
def other_side(user: Any, aim: Any) -> bool:
    """Say whether the aim waits for the user: a plan for the person that it is for, an own goal for whoever leads them."""
    if aim is None:
        return True
    if aim.proposed_by_id == user.pk:
        return False
    own_goal = aim.kind == "own" and leads_person.test(user, aim.person)
    return bool(aim.person_id == user.pk or own_goal)


@rules.predicate
def has_aim(user: Any, aim: Any) -> bool:
    """Say whether the user proposed the aim, or leads whose it is."""
    return aim is not None and (aim.proposed_by_id == user.pk or leads_person.test(user, aim.person))


makes_schemes = has_role(Role.SERVICE_MANAGER, Role.EXECUTIVE)
inspects = has_role(Role.QUALITY, Role.TRAINER)
# Objects: an assessment (also one not yet made) for its course, a scorecard for appeals, a person or an aim for what follows.
rules.add_perm("kpi.make_scheme", makes_schemes)
rules.add_perm("kpi.try_scheme", makes_schemes | has_role(Role.SUPERVISOR, Role.REGIONAL_MANAGER))
rules.add_perm("kpi.assess", assesses)
rules.add_perm("kpi.approve_assessment", approves)
rules.add_perm("kpi.lock_assessment", pays)
rules.add_perm("kpi.appeal", owns_card)
rules.add_perm("kpi.decide_appeal", decides_on_card)
rules.add_perm("kpi.make_checklist", makes_schemes | has_role(Role.QUALITY))
rules.add_perm("kpi.rate", (leads_person | inspects) & ~is_person)
rules.add_perm("kpi.hold_interview", leads_person)
rules.add_perm("kpi.propose_aim", is_person | leads_person)
rules.add_perm("kpi.answer_aim", other_side)
rules.add_perm("kpi.withdraw_aim", has_aim)
