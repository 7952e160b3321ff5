"""The course of a complaint as one table (domain §4): which act is possible where, and where it leads. Pure.

Who may act is in `rules`; what an act requires besides, and what follows from it, in its service.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from complaints.enums import Act, Status

UNDECIDED = frozenset({Status.ACCEPTED, Status.VERIFIED})
AT_WORK = frozenset({*UNDECIDED, Status.VALID, Status.INVALID, Status.APOLOGISED})
SETTLED = frozenset({Status.RESOLVED, Status.SATISFIED})
"""Solved for the customer; what follows from it for the house is still to do."""
UPHELD = frozenset({Status.VALID, Status.APOLOGISED, *SETTLED})
RULED = frozenset({*UPHELD, Status.INVALID, Status.EXPLAINED})
CLOSABLE = frozenset({*SETTLED, Status.EXPLAINED})
RUNNING = frozenset({*AT_WORK, *CLOSABLE})


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states an act is possible, and to which it can lead; none: the complaint stays where it is."""

    sources: frozenset[Status]
    targets: tuple[Status, ...] = ()


COURSE: Mapping[Act, Transition] = {
    Act.ACCEPT: Transition(frozenset(), (Status.ACCEPTED,)),
    Act.RESPOND: Transition(UNDECIDED),
    Act.APPOINT: Transition(frozenset({Status.ACCEPTED})),
    Act.ASK: Transition(UNDECIDED),
    Act.ANSWER: Transition(RUNNING),
    Act.ADD_EVIDENCE: Transition(RUNNING),
    Act.ATTACH: Transition(RUNNING),
    Act.VERIFY: Transition(frozenset({Status.ACCEPTED}), (Status.VERIFIED,)),
    Act.RULE: Transition(frozenset({Status.VERIFIED}), (Status.VALID, Status.INVALID)),
    Act.CHANGE_RULING: Transition(RULED, (Status.VALID, Status.INVALID)),
    Act.EXPLAIN: Transition(frozenset({Status.INVALID}), (Status.EXPLAINED,)),
    Act.APOLOGISE: Transition(frozenset({Status.VALID}), (Status.APOLOGISED,)),
    Act.RESOLVE: Transition(frozenset({Status.APOLOGISED}), (Status.RESOLVED,)),
    Act.HOLD_TO_ACCOUNT: Transition(SETTLED),
    Act.APPOINT_CALLER: Transition(frozenset({Status.RESOLVED})),
    Act.FOLLOW_UP: Transition(
        frozenset({Status.RESOLVED}), (Status.SATISFIED, Status.RESOLVED, Status.VALID)
    ),
    Act.FILE_REPORT: Transition(CLOSABLE),
    Act.SET_CAUSE: Transition(frozenset({Status.VERIFIED, *RULED})),
    Act.PLAN_CORRECTION: Transition(UPHELD),
    # A corrective action outlives the course where it fails after the complaint was closed.
    Act.CARRY_OUT: Transition(frozenset({*UPHELD, Status.CLOSED})),
    Act.JUDGE_CORRECTION: Transition(frozenset({*UPHELD, Status.CLOSED}), (Status.SATISFIED,)),
    Act.CLOSE: Transition(CLOSABLE, (Status.CLOSED,)),
    Act.REOPEN: Transition(
        frozenset({Status.EXPLAINED, Status.SATISFIED, Status.CLOSED}), (Status.VERIFIED, Status.VALID)
    ),
    Act.RAISE_TIER: Transition(RUNNING),
    Act.LINK: Transition(frozenset({*RUNNING, Status.CLOSED})),
    Act.MERGE: Transition(AT_WORK, (Status.MERGED,)),
    Act.PAUSE: Transition(AT_WORK),
    Act.RESUME: Transition(AT_WORK),
    Act.JOIN: Transition(AT_WORK),
    Act.RECOMPUTE: Transition(AT_WORK),
}

PATHS: Mapping[Status, tuple[Status, ...]] = {
    Status.INVALID: (Status.ACCEPTED, Status.VERIFIED, Status.INVALID, Status.EXPLAINED, Status.CLOSED),
    Status.VALID: (
        Status.ACCEPTED,
        Status.VERIFIED,
        Status.VALID,
        Status.APOLOGISED,
        Status.RESOLVED,
        Status.SATISFIED,
        Status.CLOSED,
    ),
}
"""The states in their order, by what the ruling says; before it, the longer one is shown."""
