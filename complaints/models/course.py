"""What the course of a complaint leaves behind: questions, evidence, rulings, follow-ups, reports, corrections."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.choices import in_words
from complaints.enums import (
    CorrectionState,
    EvidenceKind,
    FollowUpMeans,
    FollowUpOutcome,
    Outcome,
)
from complaints.models.clocks import Clock
from complaints.models.complaint import Complaint

PERSON = settings.AUTH_USER_MODEL


class Cause(models.Model):
    """Why customers complain: a tree that the service department maintains. A retired one is chosen no more."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    retired = models.BooleanField(_("no longer chosen"), default=False)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                name="cause_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(name="cause_code_given", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name


class CoursePolicy(models.Model):
    """The numbers of the course, one row: what administrators may set (domain §4, defaults)."""

    failed_follow_ups = models.PositiveSmallIntegerField(_("failed follow-ups that allow closing"), default=3)
    holds_days = models.PositiveSmallIntegerField(_("days a corrected cause must stay away"), default=30)
    names_published = models.BooleanField(_("outcomes on the bulletin name the person"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="one_course_policy", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "course"


class Question(models.Model):
    """What the investigator asks somebody, usually the person concerned, and what they say to it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="questions")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_answer_has_time",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.person}"


class Evidence(models.Model):
    """What a ruling rests on: a call, a recording, an order or a statement, by its reference."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    reference = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    get_kind_display = in_words("kind", EvidenceKind)

    def __str__(self) -> str:
        return self.reference


class Ruling(models.Model):
    """Whether a service rule was broken, which, and the opinion. A changed one stays, and is replaced by the next."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="rulings", db_index=False)
    outcome = models.CharField(max_length=10, choices=Outcome)
    rule = models.ForeignKey("agents.ServiceRule", models.PROTECT, null=True, blank=True, related_name="+")
    opinion = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    get_outcome_display = in_words("outcome", Outcome)

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="rulings_of_complaint")]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], name="one_first_ruling", condition=Q(replaces=None)
            ),
            models.CheckConstraint(
                name="ruling_valid_names_rule",
                condition=Q(outcome=Outcome.VALID, rule__isnull=False)
                | Q(outcome=Outcome.INVALID, rule=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.outcome}"


class FollowUp(models.Model):
    """A call or visit that asks whether the customer is satisfied; `day` is the local date at the complaint's site."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="follow_ups")
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=15, choices=FollowUpOutcome)
    means = models.CharField(max_length=10, choices=FollowUpMeans)
    remarks = models.TextField(blank=True)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    get_outcome_display = in_words("outcome", FollowUpOutcome)
    get_means_display = in_words("means", FollowUpMeans)

    def __str__(self) -> str:
        return f"{self.complaint}: {self.outcome}"


class Liability(models.Model):
    """The decision about those responsible: a conduct record, or (without one) that no member of staff is at fault.

    `published_at` is when the outcome came onto the bulletin; without fault of staff nothing is published.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="liabilities")
    record = models.OneToOneField("agents.ConductRecord", models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="liability_to_publish",
                condition=Q(record__isnull=False, published_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.record}"


class Report(models.Model):
    """The written report to the group, the authority or the media (tiers 2 and 3), as it was filed."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="reports")
    receiver = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.complaint}: {self.receiver}"


class Correction(models.Model):
    """A corrective action (改正): who carries it out by when, what was done, and who found that it holds.

    One that failed is followed by another, which `replaces` it. Its clock ends at the close of business of `due_on`.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="corrections")
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+")
    team = models.ForeignKey("agents.Team", models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    plan = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.PLANNED)
    planned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    done = models.TextField(blank=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    verdict = models.TextField(blank=True)
    judged_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="correction")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    get_state_display = in_words("state", CorrectionState)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on"], name="correction_by_due"),
            # What was found to hold is watched for the return of its cause.
            models.Index(
                fields=["cause", "done_at"],
                name="correction_holding",
                condition=Q(state=CorrectionState.HOLDS),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="correction_done_has_time",
                condition=Q(state=CorrectionState.PLANNED, done_at=None)
                | ~Q(state=CorrectionState.PLANNED) & Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_judged_by_another",
                condition=Q(judged_by=None) | (~Q(judged_by=F("planned_by")) & ~Q(judged_by=F("done_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.plan[:40]}"
