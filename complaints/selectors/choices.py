"""What somebody may do with a complaint now, why another act is not possible, and what the course asks for next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agents.ladder import Organisation
from agents.models import User
from callcenter.words import listed
from complaints.course import COURSE
from complaints.enums import Act, ClockKind, CorrectionState, Status, Tier
from complaints.rules import WHO, Bar, Part, Party
from complaints.selectors.closing import missing_for_closing
from complaints.selectors.pauses import pause_days

NOT_OFFERED = frozenset({Act.ACCEPT, Act.JOIN, Act.RECOMPUTE})
"""What begins a complaint, and what the machine alone does."""

PARTS: Mapping[Part, Promise] = {
    Part.HANDLER: gettext_lazy("whoever handles it or answers for it"),
    Part.RECORDER: gettext_lazy("whoever recorded it"),
    Part.INVESTIGATOR: gettext_lazy("the appointed investigator"),
    Part.CALLER: gettext_lazy("the appointed callback agent"),
    Part.CONCERNED: gettext_lazy("the person concerned"),
    Part.ASKED: gettext_lazy("whoever was asked"),
    Part.LEAD: gettext_lazy("the lead of the team"),
    Part.OWNER: gettext_lazy("whoever has a corrective action to carry out"),
    Part.LAST_RESORT: gettext_lazy("an executive, where every service department manager is in conflict"),
    Part.NEXT_ABOVE: gettext_lazy("the next higher manager, where all of these are in conflict"),
}
BARS: Mapping[Bar, Promise] = {
    Bar.CONFLICT: gettext_lazy("It is about you, or about somebody above you."),
    Bar.OWN_RULING: gettext_lazy("The ruling is your own: only a second person changes it."),
    Bar.HANDLER: gettext_lazy("You handle it: somebody else asks whether the customer is satisfied."),
}
RANK: Mapping[Status, int] = {
    Status.ACCEPTED: 0,
    Status.VERIFIED: 1,
    Status.VALID: 2,
    Status.INVALID: 2,
    Status.APOLOGISED: 3,
    Status.RESOLVED: 4,
    Status.EXPLAINED: 4,
    Status.SATISFIED: 5,
    Status.CLOSED: 6,
    Status.MERGED: 6,
}
"""How far along each state is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An act of the course for one person: possible now, or why not."""

    act: Act
    possible: bool
    why: str = ""

    @property
    def label(self) -> str:
        """Return the act in words."""
        return str(self.act.label)


def choices(user: User, complaint: Any, house: Organisation | None = None) -> list[Choice]:
    """Return every act of the course for this person; `house` is the organisation around both, if it is known."""
    party = Party(user, complaint, dict.fromkeys(_without_matter(complaint), False))
    if house:
        party.is_concerned = user.pk in house.conflicted(complaint.staff_concerned_id)
    return [
        Choice(act, not why, why)
        for act in COURSE
        if act not in NOT_OFFERED and WHO[act][complaint.tier]
        for why in [_why_not(party, act)]
    ]


def _without_matter(complaint: Any) -> Iterator[Part]:
    """Yield the parts that cost queries and open nothing in the state of the complaint."""
    for part in (Part.LAST_RESORT, Part.NEXT_ABOVE):
        opened = [act for act, by_tier in WHO.items() if part in by_tier[complaint.tier]]
        if not any(complaint.status in COURSE[act].sources for act in opened):
            yield part


def _why_not(party: Party, act: Act) -> str:
    complaint = party.complaint
    bar = party.why_not(act)
    if bar == Bar.WHO:
        return _for_others(act, complaint.tier, get_language())
    if bar:
        return str(BARS[bar])
    if complaint.status not in COURSE[act].sources:
        return _wrong_state(complaint, act)
    return NEEDS[act](complaint, party.user) if act in NEEDS else ""


@lru_cache(1024)
def _for_others(act: Act, tier: int, _language: str | None) -> str:
    return _("This is for: %(who)s.") % {"who": listed(_who(act, tier))}


def _who(act: Act, tier: int) -> Iterator[str]:
    who = WHO[act][tier]
    yield from sorted(str(role.label) for role in who if not isinstance(role, Part))
    yield from (str(PARTS[part]) for part in Part if part in who)


def _wrong_state(complaint: Any, act: Act) -> str:
    here = RANK[Status(complaint.status)]
    ranks = [RANK[state] for state in COURSE[act].sources]
    if complaint.closed_at:
        return _("It has ended.")
    if min(ranks) > here:
        return _("First: %(act)s.") % {"act": next_acts(complaint)[0].label}
    if max(ranks) < here:
        return _("This step lies behind the complaint.")
    return _("Not while it is “%(state)s”.") % {"state": complaint.get_status_display()}


def next_acts(complaint: Any) -> list[Act]:
    """Return what the course asks for next, whoever does it; the most pressing first, closing last."""
    status = Status(complaint.status)
    if status == Status.ACCEPTED:
        waits = any(
            clock.kind == ClockKind.RESPONSE and not clock.stopped_at for clock in complaint.clocks.all()
        )
        return [Act.RESPOND, Act.VERIFY] if waits else [Act.VERIFY]
    if status == Status.VERIFIED:
        return [Act.RULE] if complaint.evidence.all() else [Act.ADD_EVIDENCE, Act.RULE]
    if status in FOLLOWING:
        return [FOLLOWING[status]]
    return [] if complaint.closed_at else [*_afterwards(complaint), Act.CLOSE]


FOLLOWING: Mapping[Status, Act] = {
    Status.VALID: Act.APOLOGISE,
    Status.APOLOGISED: Act.RESOLVE,
    Status.INVALID: Act.EXPLAIN,
}


def _afterwards(complaint: Any) -> Iterator[Act]:
    """Yield what is left once the customer's matter is dealt with."""
    states = {one.state for one in complaint.corrections.all()}
    if complaint.status == Status.RESOLVED:
        yield Act.FOLLOW_UP
    if complaint.tier != Tier.COMPANY and not complaint.reports.all():
        yield Act.FILE_REPORT
    if complaint.status != Status.EXPLAINED:
        if not complaint.liabilities.all():
            yield Act.HOLD_TO_ACCOUNT
        if not complaint.cause_id:
            yield Act.SET_CAUSE
    if CorrectionState.PLANNED in states:
        yield Act.CARRY_OUT
    if CorrectionState.DONE in states:
        yield Act.JUDGE_CORRECTION


def _evidence(complaint: Any, _user: User) -> str:
    return "" if complaint.evidence.all() else _("There is no evidence yet.")


def _cause(complaint: Any, _user: User) -> str:
    return "" if complaint.cause_id else _("The cause is not set yet.")


def _judge(complaint: Any, user: User) -> str:
    done = (CorrectionState.DONE, CorrectionState.HOLDS)
    waiting = [one for one in complaint.corrections.all() if one.state in done]
    if any(user.pk not in (one.planned_by_id, one.done_by_id) for one in waiting):
        return ""
    return (
        _("You planned it or carried it out: somebody else verifies it.")
        if waiting
        else _("No corrective action was carried out yet.")
    )


def _waits(complaint: Any) -> bool:
    return any(not pause.ended_at for pause in complaint.pauses.all())


def _pause(complaint: Any, _user: User) -> str:
    if _waits(complaint):
        return _("It waits already.")
    return "" if pause_days(complaint) else _("The policy of its deadline does not allow it.")


def _close(complaint: Any, _user: User) -> str:
    missing = missing_for_closing(complaint)
    return _("Still missing: %(missing)s.") % {"missing": listed(missing)} if missing else ""


NEEDS: Mapping[Act, Callable[[Any, User], str]] = {
    Act.RULE: _evidence,
    Act.PLAN_CORRECTION: _cause,
    Act.JUDGE_CORRECTION: _judge,
    Act.PAUSE: _pause,
    Act.RESUME: lambda complaint, _user: "" if _waits(complaint) else _("It does not wait."),
    Act.RAISE_TIER: lambda complaint, _user: (
        _("There is no higher tier.") if complaint.tier == Tier.AUTHORITY else ""
    ),
    Act.CLOSE: _close,
}
"""What an act requires besides right and state; its service checks the same."""
