"""What somebody has to do next with complaints, by what they are to each and where it stands: one query for all of it.

It is plain SQL: put together by the framework, a statement of so many parts costs every page more than the page itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from agents.models import User
from agents.selectors import superiors_upwards
from callcenter.access import Role
from complaints.course import COURSE, SETTLED, UNDECIDED
from complaints.enums import Act, ClockKind, CorrectionState, FollowUpOutcome, Status, Tier

MOST = 200
"""So many tasks of each sort are looked at; nobody does more in a day."""
NEXT = {
    Status.ACCEPTED: Act.VERIFY,
    Status.VERIFIED: Act.RULE,
    Status.VALID: Act.APOLOGISE,
    Status.APOLOGISED: Act.RESOLVE,
    Status.INVALID: Act.EXPLAIN,
}
"""What a complaint that still runs waits for."""

PLACED = {
    "site": "c.site_id = (SELECT id FROM agents_site WHERE code = %(site)s)",
    "team": "c.team_id = %(team)s",
}
WITHOUT_CONFLICT = "(c.staff_concerned_id IS NULL OR c.staff_concerned_id <> ALL(%(conflicted)s))"
MINE = "(c.handler_id = %(person)s OR c.responsible_id = %(person)s)"
JOINED = "c.id IN (SELECT complaint_id FROM complaints_participant WHERE person_id = %(person)s)"
RUNNING = "c.resolved_at IS NULL"
LEFT_OPEN = "c.resolved_at IS NOT NULL AND c.closed_at IS NULL"
SILENT = f"k.kind = '{ClockKind.RESPONSE}' AND k.stopped_at IS NULL"
REPORTED = "EXISTS (SELECT FROM complaints_report WHERE complaint_id = c.id)"
DECIDED = "EXISTS (SELECT FROM complaints_liability WHERE complaint_id = c.id)"
# So many days of failed follow-ups lie behind the solution that it may be closed.
OUT_OF_REACH = f"""EXISTS (SELECT FROM complaints_followup f
    WHERE f.complaint_id = c.id AND f.outcome = '{FollowUpOutcome.NOT_REACHED}' AND f.at >= c.resolved_at
    GROUP BY f.complaint_id HAVING count(DISTINCT f.day) >= (SELECT failed_follow_ups FROM complaints_coursepolicy))"""  # noqa: S608 (made of constants)
UNFINISHED = f"""EXISTS (SELECT FROM complaints_correction x LEFT JOIN complaints_correction y ON y.replaces_id = x.id
    WHERE x.complaint_id = c.id AND y.id IS NULL AND x.state <> '{CorrectionState.HOLDS}')"""


def _among(statuses: frozenset[Status]) -> str:
    return "c.status IN ({})".format(", ".join(f"'{status}'" for status in sorted(statuses)))


FOLLOWING = "CASE c.status {} END".format(
    " ".join(f"WHEN '{status}' THEN '{act}'" for status, act in NEXT.items())
)
# Nothing is lacking that may still have to be done (complaints.selectors.missing_for_closing).
CLOSABLE = f"""(c.tier = {Tier.COMPANY} OR {REPORTED}) AND (c.status = '{Status.EXPLAINED}'
    OR (c.status = '{Status.SATISFIED}' OR {OUT_OF_REACH}) AND {DECIDED} AND NOT {UNFINISHED} AND c.cause_id IS NOT NULL)"""
TO_CALL_BACK = f"c.status = '{Status.RESOLVED}' AND NOT {OUT_OF_REACH}"
OF_OTHERS = f"NOT (c.handler_id = %(person)s AND c.tier < {Tier.AUTHORITY})"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: the act, with which complaint, and when it is due (`at`); without a deadline since when it waits.

    `subject` is the question to answer, or the clock where it is not that of the solution; 0 if neither.
    """

    act: Act
    complaint_id: int
    subject: int
    at: datetime
    has_deadline: bool


def tasks_of(person: User, site: str = "", team: str = "") -> list[Task]:
    """Return what the person has to do, narrowed to a site (its code) and a team: what is due soonest first.

    What has no deadline comes after it, the oldest first.
    """
    facts: dict[str, Any] = {
        "person": person.pk,
        "conflicted": [person.pk, *superiors_upwards([person.pk], person.today).values()],
        "supervised": list(person.sites_as(Role.SUPERVISOR)),
        "managed": list(person.sites_as(Role.REGIONAL_MANAGER)),
        "site": site.replace("\0", "") if site else None,
        "team": int(team) if team.isdecimal() else None,
    }
    here = [condition for name, condition in PLACED.items() if facts[name] is not None]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_sorts(person, here)), facts)
        tasks = [Task(Act(act), *row) for act, *row in cursor.fetchall()]
    return sorted(tasks, key=lambda task: (not task.has_deadline, task.at, task.complaint_id, task.act))


def _sorts(person: User, here: list[str]) -> Iterator[str]:
    """Yield the statement of each sort of task that the person can have."""
    clear = [*here, WITHOUT_CONFLICT]
    yield from _running(person, clear)
    yield from _afterwards(person, [*clear, LEFT_OPEN])
    yield from _of_others(person, clear, here)


def _sort(
    act: str, at: str, *conditions: str, subject: str = "0", with_deadline: bool = False, of: str = ""
) -> str:
    """Return the statement that reads the soonest tasks of one sort; `of` joins what they are about to the complaint, c."""
    act = f"'{act}'" if act in Act.values else act
    return (
        f"(SELECT {act}, c.id, {subject}, {at}, {with_deadline} FROM complaints_complaint c {of}"  # noqa: S608 (made of constants)
        f" WHERE {' AND '.join(conditions)} ORDER BY {at} LIMIT {MOST})"
    )


def _running(person: User, clear: list[str]) -> Iterator[str]:
    """Yield what still has to be solved for the customer."""
    rules = person.holds(Role.SERVICE_MANAGER)
    unheard = f"JOIN complaints_clock k ON k.complaint_id = c.id AND {SILENT}"
    undecided = _among(UNDECIDED)
    yield _sort(
        Act.RESPOND, "k.due_at", *clear, MINE, undecided, of=unheard, subject="k.id", with_deadline=True
    )
    running = [*clear, RUNNING, *([f"c.status <> '{Status.VERIFIED}'"] if rules else [])]
    heard = f"NOT EXISTS (SELECT FROM complaints_clock k WHERE k.complaint_id = c.id AND {SILENT})"
    yield _sort(FOLLOWING, "c.due_at", *running, MINE, heard, with_deadline=True)
    yield _sort(FOLLOWING, "c.due_at", *running, JOINED, f"NOT {MINE}", with_deadline=True)
    looked_into = f"c.investigator_id = %(person)s AND c.status = '{Status.ACCEPTED}' AND NOT {MINE}"
    yield _sort(Act.VERIFY, "c.due_at", *clear, looked_into, with_deadline=True)
    if rules:
        yield _sort(Act.RULE, "c.due_at", *clear, f"c.status = '{Status.VERIFIED}'", with_deadline=True)


def _afterwards(person: User, open_: list[str]) -> Iterator[str]:
    """Yield what follows once it is solved: the customer's word, the report, accountability, the cause, closing."""
    settled = _among(SETTLED)
    yield _sort(Act.FOLLOW_UP, "c.resolved_at", *open_, TO_CALL_BACK, "c.caller_id = %(person)s")
    mine = "c.handler_id = %(person)s AND c.cause_id IS NULL"
    yield _sort(Act.SET_CAUSE, "c.resolved_at", *open_, settled, mine)
    if asks := _asks(person):
        yield _sort(
            Act.FOLLOW_UP, "c.resolved_at", *open_, TO_CALL_BACK, asks, "c.caller_id IS NULL", OF_OTHERS
        )
    if ends := _ends(person):
        unreported = f"c.tier > {Tier.COMPANY} AND NOT {REPORTED}"
        yield _sort(Act.FILE_REPORT, "c.resolved_at", *open_, ends, unreported)
        yield _sort(Act.CLOSE, "c.resolved_at", *open_, ends, CLOSABLE)
    if decides := _decides(person):
        yield _sort(Act.HOLD_TO_ACCOUNT, "c.resolved_at", *open_, settled, decides, f"NOT {DECIDED}")


def _of_others(person: User, clear: list[str], here: list[str]) -> Iterator[str]:
    """Yield corrective actions to carry out and to verify, and questions to answer, whoever they are about."""
    correction = "JOIN complaints_correction x ON x.complaint_id = c.id"
    planned = f"x.owner_id = %(person)s AND x.state = '{CorrectionState.PLANNED}'"
    with_clock = f"{correction} JOIN complaints_clock k ON k.id = x.clock_id"
    yield _sort(Act.CARRY_OUT, "k.due_at", *here, planned, of=with_clock, subject="k.id", with_deadline=True)
    question = "JOIN complaints_question q ON q.complaint_id = c.id"
    asked = f"q.person_id = %(person)s AND q.answered_at IS NULL AND {_among(COURSE[Act.ANSWER].sources)}"
    yield _sort(Act.ANSWER, "c.due_at", *here, asked, of=question, subject="q.id", with_deadline=True)
    if person.holds(Role.SERVICE_MANAGER):
        done = f"x.state = '{CorrectionState.DONE}' AND x.planned_by_id <> %(person)s"
        others = "x.done_by_id IS DISTINCT FROM %(person)s"
        yield _sort(Act.JUDGE_CORRECTION, "x.done_at", *clear, done, others, of=correction)


def _asks(person: User) -> str:
    """Return which customers the person asks when nobody was appointed to."""
    return _any(
        person.sites_as(Role.SUPERVISOR) and f"{_at('supervised')} AND c.tier < {Tier.AUTHORITY}",
        person.holds(Role.SERVICE_MANAGER) and f"c.tier = {Tier.AUTHORITY}",
    )


def _ends(person: User) -> str:
    """Return which complaints are the person's to report and to close (complaints.rules.ENDS)."""
    return _any(
        person.sites_as(Role.SUPERVISOR) and f"{_at('supervised')} AND c.tier = {Tier.COMPANY}",
        person.sites_as(Role.REGIONAL_MANAGER) and f"{_at('managed')} AND c.tier = {Tier.GROUP}",
        person.holds(Role.SERVICE_MANAGER) and f"c.tier = {Tier.AUTHORITY}",
    )


def _decides(person: User) -> str:
    """Return for which complaints the person holds to account."""
    return _any(
        person.holds(Role.SERVICE_MANAGER) and f"c.tier < {Tier.AUTHORITY}",
        person.holds(Role.EXECUTIVE) and f"c.tier = {Tier.AUTHORITY}",
    )


def _at(sites: str) -> str:
    return f"c.site_id = ANY(%({sites})s)"


def _any(*conditions: object) -> str:
    """Return that one of the conditions holds, of those there are; empty without any."""
    given = " OR ".join(f"({condition})" for condition in conditions if condition)
    return given and f"({given})"
