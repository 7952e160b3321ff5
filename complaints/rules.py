"""Who may do what with a complaint (domain §4): one table of act, tier, and who; conflict of interest comes on top."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cached_property
from typing import Any

import rules

from agents.models import RegionSite
from agents.selectors import reports_to
from callcenter.access import Role, has_role
from complaints.enums import Act, CorrectionState, Tier


class Part(Enum):
    """What somebody is to one complaint, whatever their roles."""

    HANDLER = "handler"
    """Handles it, answers for it since it escalated, or joined in handling it."""
    RECORDER = "recorder"
    INVESTIGATOR = "investigator"
    CALLER = "caller"
    CONCERNED = "concerned"
    """The member of staff whom it is about."""
    ASKED = "asked"
    """A question to them waits."""
    LEAD = "lead"
    """Leads the team that it belongs to: the responsible unit."""
    OWNER = "owner"
    """A corrective action is theirs to carry out."""
    LAST_RESORT = "last resort"
    """An executive, where every service department manager is in conflict."""
    NEXT_ABOVE = "next above"
    """Whoever stands next above at the site, where all who would end a complaint of this tier are in conflict."""


class Bar(Enum):
    """What keeps somebody from an act, other than the state of the complaint."""

    WHO = "who"
    """It is for others."""
    CONFLICT = "conflict"
    """It is about them, or about somebody whom they report to."""
    OWN_RULING = "own ruling"
    """The ruling that holds is their own: only a second person changes it."""
    HANDLER = "handler"
    """They handle it: somebody else asks whether the customer is satisfied."""


Who = frozenset[Role | Part]


def _every(*who: Role | Part) -> Mapping[int, Who]:
    return dict.fromkeys(Tier, frozenset(who))


SUPERVISOR, REGIONAL, SERVICE = Role.SUPERVISOR, Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER
LADDER = (SUPERVISOR, REGIONAL, SERVICE, Role.EXECUTIVE)
"""Who stands above whom; the next above acts where everybody below is in conflict."""
INVESTIGATES: Mapping[int, Who] = {
    Tier.COMPANY: frozenset({SUPERVISOR, Part.INVESTIGATOR, Part.HANDLER}),
    Tier.GROUP: frozenset({REGIONAL, Part.INVESTIGATOR, Part.HANDLER}),
    Tier.AUTHORITY: frozenset({REGIONAL, SERVICE, Part.INVESTIGATOR, Part.HANDLER}),
}
ENDS: Mapping[int, Who] = {
    Tier.COMPANY: frozenset({SUPERVISOR, Part.NEXT_ABOVE}),
    Tier.GROUP: frozenset({REGIONAL, Part.NEXT_ABOVE}),
    Tier.AUTHORITY: frozenset({SERVICE, Part.NEXT_ABOVE}),
}
SOLVES = _every(Part.HANDLER, Part.CONCERNED)
KEEPS = _every(Part.HANDLER, SUPERVISOR, REGIONAL, SERVICE)

WHO: Mapping[Act, Mapping[int, Who]] = {
    Act.RESPOND: _every(Part.HANDLER),
    Act.APPOINT: INVESTIGATES,
    Act.ASK: INVESTIGATES,
    Act.ANSWER: _every(Part.ASKED),
    Act.ADD_EVIDENCE: INVESTIGATES,
    Act.ATTACH: _every(Part.RECORDER, Part.INVESTIGATOR, Part.HANDLER),
    Act.VERIFY: INVESTIGATES,
    Act.RULE: {
        Tier.COMPANY: frozenset({SERVICE, Part.LAST_RESORT}),
        Tier.GROUP: frozenset({SERVICE, Part.LAST_RESORT}),
        Tier.AUTHORITY: frozenset({SERVICE, Part.LAST_RESORT}),
    },
    Act.CHANGE_RULING: {
        Tier.COMPANY: frozenset({SERVICE, Role.EXECUTIVE}),
        Tier.GROUP: frozenset({SERVICE, Role.EXECUTIVE}),
        Tier.AUTHORITY: frozenset({Role.EXECUTIVE}),
    },
    Act.EXPLAIN: _every(Part.HANDLER),
    Act.APOLOGISE: SOLVES,
    Act.RESOLVE: SOLVES,
    Act.HOLD_TO_ACCOUNT: {
        Tier.COMPANY: frozenset({SERVICE, Part.LAST_RESORT}),
        Tier.GROUP: frozenset({SERVICE, Part.LAST_RESORT}),
        Tier.AUTHORITY: frozenset({Role.EXECUTIVE}),
    },
    Act.APPOINT_CALLER: KEEPS,
    Act.FOLLOW_UP: {
        Tier.COMPANY: frozenset({SUPERVISOR, Part.CALLER}),
        Tier.GROUP: frozenset({SUPERVISOR, Part.CALLER}),
        Tier.AUTHORITY: ENDS[Tier.AUTHORITY],
    },
    Act.FILE_REPORT: {**ENDS, Tier.COMPANY: frozenset()},
    Act.SET_CAUSE: KEEPS,
    Act.PLAN_CORRECTION: _every(Part.LEAD, Part.HANDLER, SUPERVISOR),
    Act.CARRY_OUT: _every(Part.OWNER),
    Act.JUDGE_CORRECTION: _every(SERVICE, Part.LAST_RESORT),
    Act.CLOSE: ENDS,
    Act.REOPEN: ENDS,
    Act.RAISE_TIER: _every(Part.HANDLER, SUPERVISOR, REGIONAL, SERVICE, Role.EXECUTIVE),
    Act.LINK: KEEPS,
    Act.MERGE: KEEPS,
    Act.PAUSE: _every(Part.HANDLER),
    Act.RESUME: _every(Part.HANDLER),
}
"""Supervisors and regional managers count at the site of the complaint. What is missing is done by the machine alone."""

READS_MONTHLY = (SERVICE, Role.EXECUTIVE)
"""To whom the analysis of a month, which is of all complaints, is sent."""

MAKES_GOOD = frozenset({Act.APOLOGISE, Act.RESOLVE})
"""What the person concerned may do themself, under the manager's eye; they never verify, rule, call back or close."""

records_by_tier = {
    Tier.COMPANY: has_role(Role.AGENT, SUPERVISOR),
    Tier.GROUP: has_role(SUPERVISOR, REGIONAL),
    Tier.AUTHORITY: has_role(REGIONAL, SERVICE, Role.EXECUTIVE),
}
handles_complaints = has_role(
    Role.AGENT,
    Role.TEAM_LEAD,
    SUPERVISOR,
    REGIONAL,
    SERVICE,
    Role.EXECUTIVE,
)


@rules.predicate
def may_record_tier(user: Any, tier: int | None) -> bool:
    """Say whether the user receives complaints of this tier; without one, of any."""
    wanted = records_by_tier.values() if tier is None else [records_by_tier[Tier(tier)]]
    return any(predicate(user) for predicate in wanted)


@rules.predicate
def is_concerned(user: Any, complaint: Any) -> bool:
    """Say whether the complaint is about the user, or about somebody the user reports to."""
    return complaint is not None and Party(user, complaint).is_concerned


@rules.predicate
def handles(user: Any, complaint: Any) -> bool:
    """Say whether the user handles the complaint, answers for it now, or joined in handling it."""
    return complaint is not None and Party(user, complaint).plays(Part.HANDLER)


@rules.predicate
def works_on(user: Any, complaint: Any) -> bool:
    """Say whether the user needs the customer's contact: handles it, looks into it, or calls back."""
    parts = (Part.HANDLER, Part.INVESTIGATOR, Part.CALLER)
    return complaint is not None and any(map(Party(user, complaint).plays, parts))


class Party:
    """What one person is to one complaint; whatever asks the database is asked once. `known` is what the caller knows."""

    def __init__(self, user: Any, complaint: Any, known: Mapping[Part, bool] | None = None) -> None:
        self.user, self.complaint = user, complaint
        self._parts = dict(known or {})

    def plays(self, part: Part) -> bool:
        """Say whether the person plays this part."""
        if part not in self._parts:
            self._parts[part] = bool(PLAYS[part](self.user, self.complaint))
        return self._parts[part]

    def counts_as(self, one: Role | Part) -> bool:
        """Say whether the person is one of these; supervisors and regional managers are so at the complaint's site."""
        if isinstance(one, Part):
            return self.plays(one)
        if one in (SUPERVISOR, REGIONAL):
            return bool(self.user.holds_at(one, self.complaint.site_id))
        return bool(self.user.holds(one))

    @cached_property
    def is_concerned(self) -> bool:
        """Whether the complaint is about the person, or about somebody they report to."""
        accused = self.complaint.staff_concerned_id
        return accused is not None and (accused == self.user.pk or reports_to(self.user, accused))

    @cached_property
    def ruled_it(self) -> bool:
        """Whether the ruling that holds is the person's own."""
        rulings = sorted(self.complaint.rulings.all(), key=lambda ruling: (ruling.at, ruling.pk))
        return bool(rulings) and rulings[-1].by_id == self.user.pk

    def why_not(self, act: Act) -> Bar | None:
        """Return what keeps the person from `act`; None: they may, wherever the course allows it."""
        who = WHO[act][self.complaint.tier]
        if not any(self.counts_as(one) for one in sorted(who, key=_effort)):
            return Bar.WHO
        if self._is_in_conflict(act):
            return Bar.CONFLICT
        if act == Act.CHANGE_RULING and self.ruled_it:
            return Bar.OWN_RULING
        others = self.complaint.tier < Tier.AUTHORITY  # who ask whether the customer is satisfied
        if act == Act.FOLLOW_UP and others and self.user.pk == self.complaint.handler_id:
            return Bar.HANDLER
        return None

    def _is_in_conflict(self, act: Act) -> bool:
        """Say whether it is about them or their superior; everybody may answer what they are asked."""
        if act == Act.ANSWER or (act in MAKES_GOOD and self.plays(Part.CONCERNED)):
            return False
        return self.is_concerned


def _effort(one: Role | Part) -> int:
    """Return what comes first when somebody is looked for among several: what is known without asking the database."""
    return isinstance(one, Part) + (one in {Part.LEAD, Part.LAST_RESORT, Part.NEXT_ABOVE})


def may(act: Act) -> rules.Predicate:
    """Return the predicate “nothing keeps the user from `act` on this complaint”."""

    def allowed(user: Any, complaint: Any) -> bool:
        return complaint is not None and Party(user, complaint).why_not(act) is None

    return rules.Predicate(allowed, name=f"may({act})")


def _handles(user: Any, complaint: Any) -> bool:
    if user.pk in (complaint.handler_id, complaint.responsible_id):
        return True
    accused: bool = complaint.staff_concerned_id == user.pk
    return not accused and any(one.person_id == user.pk for one in complaint.participants.all())


PLAYS: Mapping[Part, Callable[[Any, Any], Any]] = {
    Part.HANDLER: _handles,
    Part.RECORDER: lambda user, complaint: user.pk == complaint.recorded_by_id,
    Part.INVESTIGATOR: lambda user, complaint: user.pk == complaint.investigator_id,
    Part.CALLER: lambda user, complaint: user.pk == complaint.caller_id,
    Part.CONCERNED: lambda user, complaint: user.pk == complaint.staff_concerned_id,
    Part.ASKED: lambda user, complaint: any(
        one.person_id == user.pk and not one.answered_at for one in complaint.questions.all()
    ),
    Part.LEAD: lambda user, complaint: complaint.team_id in user.led_team_ids,
    Part.OWNER: lambda user, complaint: any(
        one.owner_id == user.pk and one.state == CorrectionState.PLANNED
        for one in complaint.corrections.all()
    ),
    Part.LAST_RESORT: lambda user, complaint: (
        user.holds(Role.EXECUTIVE) and _stands_next(user, complaint, LADDER[2:])
    ),
    Part.NEXT_ABOVE: lambda user, complaint: (
        user.holds(*LADDER[1:]) and _stands_next(user, complaint, LADDER[complaint.tier - 1 :])
    ),
}


def _stands_next(user: Any, complaint: Any, ladder: Iterable[Role]) -> bool:
    """Say whether the user holds the lowest role of `ladder` that somebody without conflict holds at the site."""
    for role in ladder:
        if any(not Party(person, complaint).is_concerned for person in _holders(role, complaint)):
            return Party(user, complaint).counts_as(role)
    return False


def _holders(role: Role, complaint: Any) -> Iterable[Any]:
    """Return the people who hold `role` today for the complaint's site."""
    day = complaint.handler.today
    people = type(complaint.handler).objects.filter(
        role_grants__role=role, role_grants__period__contains=day, is_active=True
    )
    if role == SUPERVISOR:
        people = people.filter(role_grants__site=complaint.site_id)
    if role == REGIONAL:
        regions = RegionSite.objects.on(day).filter(site=complaint.site_id).values("region")
        people = people.filter(role_grants__region__in=regions)
    found: Iterable[Any] = people.select_related("site__calendar").distinct()
    return found


for act in WHO:
    rules.add_perm(f"complaints.{act}", may(act))
rules.add_perm("complaints.list", handles_complaints)
rules.add_perm("complaints.record", may_record_tier)
rules.add_perm("complaints.import", has_role(SUPERVISOR, REGIONAL, SERVICE))
rules.add_perm("complaints.analyse", has_role(Role.TEAM_LEAD, SUPERVISOR, REGIONAL, SERVICE, Role.EXECUTIVE))
rules.add_perm("complaints.read_monthly", has_role(*READS_MONTHLY))
rules.add_perm("complaints.manage_causes", has_role(SERVICE, Role.ADMINISTRATOR))
rules.add_perm("complaints.manage_policies", has_role(Role.ADMINISTRATOR))
rules.add_perm("complaints.see_contact", works_on & ~is_concerned)
