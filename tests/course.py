"""Bringing a complaint to where a test begins: each step by the people of the house who may do it, through the services."""

from datetime import datetime

from agents import services as people
from agents.models import ServiceRule
from callcenter.access import SYSTEM
from complaints import services
from complaints.enums import EvidenceKind, FollowUpMeans, FollowUpOutcome, Outcome, Status, Tier
from complaints.models import Cause, Complaint
from tests.dates import MADE, SINCE


def service_rule() -> ServiceRule:
    """Return the one rule of service, which holds since the house stands."""
    found = ServiceRule.objects.first()
    return found or people.publish_rule(
        actor=SYSTEM, code="W-1", title="Waiting words", text="After ten seconds.", since=SINCE, now=MADE
    )


def cause(code: str = "billing", name: str = "Billing") -> Cause:
    """Return the cause of this code, made if need be."""
    return Cause.objects.get_or_create(code=code, defaults={"name": name})[0]


class Course:
    """What a house can do with a complaint; every method takes `now` and what `complaint` takes, and returns it anew."""

    def verified(self, *, now: datetime, **more) -> Complaint:
        """Record one, add evidence, find out the facts."""
        complaint = self.complaint(now=now, **more)
        self.verify(complaint, now=now)
        return self.again(complaint)

    def verify(self, complaint: Complaint, *, now: datetime) -> None:
        """Add evidence to one that was accepted, and find out the facts."""
        by = {"actor": complaint.handler, "complaint_id": complaint.pk, "now": now}
        services.add_evidence(**by, kind=EvidenceKind.CALL, reference="acd/7")
        services.verify(**by, findings="The visit is on the bill twice; the agent had said so.")

    def ruled(self, *, now: datetime, outcome: Outcome = Outcome.VALID, **more) -> Complaint:
        """Let the service manager rule."""
        complaint = self.verified(now=now, **more)
        self.rule(complaint, now=now, outcome=outcome)
        return self.again(complaint)

    def rule(self, complaint: Complaint, *, now: datetime, outcome: Outcome = Outcome.VALID) -> None:
        """Rule on one that was verified."""
        broken = service_rule() if outcome == Outcome.VALID else None
        services.rule(
            actor=self.service_manager,
            complaint_id=complaint.pk,
            outcome=outcome,
            opinion="As the recording tells.",
            broken=broken,
            now=now,
        )

    def explained(self, *, now: datetime, **more) -> Complaint:
        """Rule it invalid and explain it to the customer."""
        complaint = self.ruled(now=now, outcome=Outcome.INVALID, **more)
        said = {"explanation": "Two visits took place.", "reaction": "Understood."}
        services.explain(actor=complaint.handler, complaint_id=complaint.pk, **said, now=now)
        return self.again(complaint)

    def apologised(self, *, now: datetime, **more) -> Complaint:
        """Rule it valid and apologise."""
        complaint = self.ruled(now=now, **more)
        self.apologise(complaint, now=now)
        return self.again(complaint)

    def apologise(self, complaint: Complaint, *, now: datetime) -> None:
        """Apologise for one that was ruled valid."""
        services.apologise(
            actor=complaint.handler, complaint_id=complaint.pk, note="By telephone, at once.", now=now
        )

    def resolved(self, *, now: datetime, solution: str = "Paid back", **more) -> Complaint:
        """Solve it for the customer."""
        complaint = self.apologised(now=now, **more)
        self.resolve(complaint, now=now, solution=solution)
        return self.again(complaint)

    def resolve(self, complaint: Complaint, *, now: datetime, solution: str = "Paid back") -> None:
        """Solve one that was apologised for."""
        services.resolve_complaint(
            actor=complaint.handler, complaint_id=complaint.pk, solution=solution, now=now
        )

    def satisfied(self, *, now: datetime, **more) -> Complaint:
        """Call back: the customer is satisfied."""
        complaint = self.resolved(now=now, **more)
        self.call_back(complaint, FollowUpOutcome.SATISFIED, now=now)
        return self.again(complaint)

    def call_back(self, complaint: Complaint, outcome: FollowUpOutcome, *, now: datetime) -> None:
        """Ask the customer, by a callback agent, or by the service manager at tier 3."""
        by = {"complaint_id": complaint.pk, "now": now}
        actor = self.service_manager
        if complaint.tier != Tier.AUTHORITY:
            actor = self.colleague
            services.appoint_caller(actor=complaint.handler, person=actor, **by)
        services.follow_up(
            actor=actor, outcome=outcome, means=FollowUpMeans.CALL, remarks="So they say", **by
        )

    def closable(self, *, now: datetime, **more) -> Complaint:
        """Do everything that closing asks for: cause, nobody at fault, and the report of tiers 2 and 3."""
        complaint = self.satisfied(now=now, **more)
        by = {"complaint_id": complaint.pk, "now": now}
        services.set_cause(actor=self.service_manager, cause=cause(), **by)
        decides = self.executive if complaint.tier == Tier.AUTHORITY else self.service_manager
        services.hold_to_account(actor=decides, note="The system was at fault.", **by)
        if complaint.tier != Tier.COMPANY:
            services.file_report(
                actor=self.ends(complaint), receiver="The group", text="It was billed twice.", **by
            )
        return self.again(complaint)

    def closed(self, *, now: datetime, **more) -> Complaint:
        """Go the whole course."""
        complaint = self.closable(now=now, **more)
        services.close_complaint(
            actor=self.ends(complaint), complaint_id=complaint.pk, note="Nothing is left.", now=now
        )
        return self.again(complaint)

    def merged(self, *, now: datetime, **more) -> Complaint:
        """Merge one into another."""
        complaint, other = self.complaint(now=now, **more), self.complaint(now=now, **more)
        services.merge(
            actor=self.service_manager,
            complaint_id=complaint.pk,
            into_id=other.pk,
            reason="The same visit.",
            now=now,
        )
        return self.again(complaint)

    def brought_to(self, status: Status, *, now: datetime, **more) -> Complaint:
        """Return a complaint that stands at `status`."""
        ways = {
            Status.ACCEPTED: self.complaint,
            Status.VERIFIED: self.verified,
            Status.VALID: self.ruled,
            Status.INVALID: lambda **facts: self.ruled(outcome=Outcome.INVALID, **facts),
            Status.APOLOGISED: self.apologised,
            Status.RESOLVED: self.resolved,
            Status.EXPLAINED: self.explained,
            Status.SATISFIED: self.satisfied,
            Status.CLOSED: self.closed,
            Status.MERGED: self.merged,
        }
        return ways[status](now=now, **more)

    def ends(self, complaint: Complaint):
        """Return who files the report and closes at the complaint's tier."""
        return {1: self.supervisor, 2: self.regional, 3: self.service_manager}[complaint.tier]

    def again(self, complaint: Complaint) -> Complaint:
        """Return the complaint as it is now."""
        return Complaint.objects.select_related("handler", "responsible", "site__calendar").get(
            pk=complaint.pk
        )
