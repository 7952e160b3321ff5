"""What somebody has to do next with complaints, by what they are to each and where it stands: one query for all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from agents.models import User
from agents.selectors import superiors_upwards
from callcenter.access import Role
from complaints.course import UNDECIDED
from complaints.enums import Act, ClockKind, CorrectionState, FollowUpOutcome, Status, Tier
from complaints.models import (
    Clock,
    Complaint,
    Correction,
    CoursePolicy,
    FollowUp,
    Liability,
    Participant,
    Report,
)
from complaints.querysets import ComplaintQuerySet
from complaints.selectors.questions import open_questions

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
SETTLED = Q(status__in=[Status.RESOLVED, Status.SATISFIED])


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
    above = set(superiors_upwards([person.pk], person.today).values())
    without_conflict = Complaint.objects.exclude(staff_concerned__in=[person.pk, *above]).at(site, team)
    here = Complaint.objects.all().at(site, team)
    parts = [
        *_running(person, without_conflict),
        *_afterwards(person, without_conflict),
        *_of_others(person, without_conflict, here),
    ]
    first, *others = parts
    found = first.union(*others, all=True)
    tasks = [
        Task(Act(act), complaint, subject, at, bool(clock)) for act, complaint, subject, at, clock in found
    ]
    return sorted(tasks, key=lambda task: (not task.has_deadline, task.at, task.complaint_id, task.act))


def _part(
    rows: QuerySet[Any], act: Any, at: str, *, has_deadline: bool = False, of: str = "pk", subject: str = ""
) -> QuerySet[Any]:
    """Return the soonest of `rows` as tasks."""
    number = F(subject) if subject else Value(0, output_field=IntegerField())
    act = Value(act, output_field=CharField()) if isinstance(act, str) else act
    clock = Value(int(has_deadline), output_field=IntegerField())
    told = rows.order_by(at).annotate(a_act=act, a_of=F(of), a_subject=number, a_at=F(at), a_clock=clock)
    soonest: QuerySet[Any] = told.values_list("a_act", "a_of", "a_subject", "a_at", "a_clock")[:MOST]
    return soonest


def _running(person: User, rows: ComplaintQuerySet) -> Iterator[QuerySet[Any]]:
    """Yield what still has to be solved for the customer."""
    rules = person.holds(Role.SERVICE_MANAGER)
    following = Case(
        *(When(status=status, then=Value(str(act))) for status, act in NEXT.items()), output_field=CharField()
    )
    mine = Q(handler=person) | Q(responsible=person)
    silent = Clock.objects.running().filter(kind=ClockKind.RESPONSE)
    unheard = silent.filter(complaint__in=rows.filter(mine, status__in=UNDECIDED))
    yield _part(unheard, Act.RESPOND, "due_at", has_deadline=True, of="complaint", subject="pk")
    joined = Participant.objects.filter(person=person).values("complaint")
    running = rows.unfinished().exclude(status=Status.VERIFIED) if rules else rows.unfinished()
    heard = running.filter(mine).exclude(Exists(silent.filter(complaint=OuterRef("pk"))))
    yield _part(heard, following, "due_at", has_deadline=True)
    yield _part(running.filter(pk__in=joined).exclude(mine), following, "due_at", has_deadline=True)
    looked_into = rows.filter(investigator=person, status=Status.ACCEPTED).exclude(mine)
    yield _part(looked_into, Act.VERIFY, "due_at", has_deadline=True)
    if rules:
        yield _part(rows.filter(status=Status.VERIFIED), Act.RULE, "due_at", has_deadline=True)


def _afterwards(person: User, rows: ComplaintQuerySet) -> Iterator[QuerySet[Any]]:
    """Yield what follows once it is solved: the customer's word, the report, accountability, the cause, closing."""
    open_ = rows.left_open()
    resolved = open_.filter(status=Status.RESOLVED).exclude(_out_of_reach())
    yield _part(resolved.filter(caller=person), Act.FOLLOW_UP, "resolved_at")
    yield _part(open_.filter(SETTLED, handler=person, cause=None), Act.SET_CAUSE, "resolved_at")
    ends = _ends(person)
    asks = _sites(person, Role.SUPERVISOR, [Tier.COMPANY, Tier.GROUP]) | _holds(
        person, Role.SERVICE_MANAGER, [Tier.AUTHORITY]
    )
    if asks:
        others = resolved.filter(asks, caller=None).exclude(handler=person, tier__lt=Tier.AUTHORITY)
        yield _part(others, Act.FOLLOW_UP, "resolved_at")
    if ends:
        reported = Exists(Report.objects.filter(complaint=OuterRef("pk")))
        unreported = open_.filter(ends, ~reported, tier__gt=Tier.COMPANY)
        yield _part(unreported, Act.FILE_REPORT, "resolved_at")
        yield _part(_closable(open_.filter(ends), reported), Act.CLOSE, "resolved_at")
    decides = _holds(person, Role.SERVICE_MANAGER, [Tier.COMPANY, Tier.GROUP]) | _holds(
        person, Role.EXECUTIVE, [Tier.AUTHORITY]
    )
    if decides:
        decided = Exists(Liability.objects.filter(complaint=OuterRef("pk")))
        yield _part(open_.filter(SETTLED & decides).exclude(decided), Act.HOLD_TO_ACCOUNT, "resolved_at")


def _closable(rows: Any, reported: Exists) -> Any:
    """Narrow to what lacks nothing that may still have to be done (complaints.selectors.missing_for_closing)."""
    decided = Exists(Liability.objects.filter(complaint=OuterRef("pk")))
    unfinished = Correction.objects.filter(complaint=OuterRef("pk"), replaced_by=None)
    left = Exists(unfinished.exclude(state=CorrectionState.HOLDS))
    settled = Q(Q(status=Status.SATISFIED) | Q(_out_of_reach()), decided, ~left, cause__isnull=False)
    return rows.filter(Q(tier=Tier.COMPANY) | Q(reported), settled | Q(status=Status.EXPLAINED))


def _out_of_reach() -> Exists:
    """Say of a complaint whether so many days of failed follow-ups lie behind its solution that it may be closed."""
    failed = FollowUp.objects.filter(
        complaint=OuterRef("pk"), outcome=FollowUpOutcome.NOT_REACHED, at__gte=OuterRef("resolved_at")
    )
    wanted = CoursePolicy.objects.values("failed_follow_ups")[:1]
    days = failed.values("complaint").annotate(days=Count("day", distinct=True))
    return Exists(days.filter(days__gte=Subquery(wanted)))


def _of_others(person: User, rows: ComplaintQuerySet, here: ComplaintQuerySet) -> Iterator[QuerySet[Any]]:
    """Yield corrective actions to carry out and to verify, and questions to answer, whoever they are about."""
    planned = Correction.objects.filter(owner=person, state=CorrectionState.PLANNED, complaint__in=here)
    yield _part(planned, Act.CARRY_OUT, "clock__due_at", has_deadline=True, of="complaint", subject="clock")
    asked = open_questions(person).filter(complaint__in=here)
    yield _part(asked, Act.ANSWER, "complaint__due_at", has_deadline=True, of="complaint", subject="pk")
    if person.holds(Role.SERVICE_MANAGER):
        done = Correction.objects.filter(state=CorrectionState.DONE, complaint__in=rows)
        others = done.exclude(planned_by=person).exclude(done_by=person)
        yield _part(others, Act.JUDGE_CORRECTION, "done_at", of="complaint")


def _ends(person: User) -> Q:
    """Return which complaints are the person's to report and to close (complaints.rules.ENDS)."""
    return (
        _sites(person, Role.SUPERVISOR, [Tier.COMPANY])
        | _sites(person, Role.REGIONAL_MANAGER, [Tier.GROUP])
        | _holds(person, Role.SERVICE_MANAGER, [Tier.AUTHORITY])
    )


def _sites(person: User, role: Role, tiers: list[Tier]) -> Q:
    sites = person.sites_as(role)
    return Q(site__in=sites, tier__in=tiers) if sites else Q()


def _holds(person: User, role: Role, tiers: list[Tier]) -> Q:
    return Q(tier__in=tiers) if person.holds(role) else Q()
