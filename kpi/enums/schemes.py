"""The words of schemes, assessments, ratings, interviews and aims, with the tables of their steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.access import Role


class SchemeState(models.TextChoices):
    """Where a version of a scheme stands."""

    DRAFT = "draft", pgettext_lazy("scheme", "Draft")
    ADOPTED = "adopted", _("Adopted")
    DROPPED = "dropped", pgettext_lazy("scheme", "Dropped")


SCHEME_STEPS: dict[str, frozenset[str]] = {
    SchemeState.DRAFT: frozenset({SchemeState.ADOPTED, SchemeState.DROPPED}),
    SchemeState.ADOPTED: frozenset(),
    SchemeState.DROPPED: frozenset(),
}


class Weighing(models.TextChoices):
    """What an indicator is: one that the work is steered by, or one of the daily routine."""

    PRIMARY = "primary", pgettext_lazy("indicator", "Primary")
    ROUTINE = "routine", pgettext_lazy("indicator", "Routine")


class GateKind(models.TextChoices):
    """What caps a grade, whatever the score."""

    VALID_COMPLAINT = "valid_complaint", _("Complaint ruled valid")
    PENALTY = "penalty", _("Penalty in force")


class AssessmentState(models.TextChoices):
    """Where a month's assessment stands."""

    PREVIEW = "preview", _("Preview")
    PUBLISHED = "published", pgettext_lazy("assessment", "Published")
    APPROVED = "approved", pgettext_lazy("assessment", "Approved")
    LOCKED = "locked", pgettext_lazy("assessment", "Locked")


ASSESSMENT_STEPS: dict[str, frozenset[str]] = {
    AssessmentState.PREVIEW: frozenset({AssessmentState.PUBLISHED}),
    AssessmentState.PUBLISHED: frozenset({AssessmentState.APPROVED}),
    AssessmentState.APPROVED: frozenset({AssessmentState.PUBLISHED, AssessmentState.LOCKED}),
    AssessmentState.LOCKED: frozenset(),
}
"""What may follow which. An approval may be taken back until the month is locked."""


class AppealState(models.TextChoices):
    """Where an appeal stands."""

    OPEN = "open", pgettext_lazy("appeal", "Open")
    GRANTED = "granted", pgettext_lazy("appeal", "Granted")
    REJECTED = "rejected", pgettext_lazy("appeal", "Rejected")


APPEAL_STEPS: dict[str, frozenset[str]] = {
    AppealState.OPEN: frozenset({AppealState.GRANTED, AppealState.REJECTED}),
    AppealState.GRANTED: frozenset(),
    AppealState.REJECTED: frozenset(),
}


class InterviewState(models.TextChoices):
    """Where an interview stands."""

    PLANNED = "planned", pgettext_lazy("interview", "Planned")
    HELD = "held", pgettext_lazy("interview", "Held")
    CANCELLED = "cancelled", pgettext_lazy("interview", "Cancelled")


INTERVIEW_STEPS: dict[str, frozenset[str]] = {
    InterviewState.PLANNED: frozenset({InterviewState.HELD, InterviewState.CANCELLED}),
    InterviewState.HELD: frozenset(),
    InterviewState.CANCELLED: frozenset(),
}


class AimKind(models.TextChoices):
    """Where an aim comes from."""

    PLAN = "plan", _("Improvement plan")
    OWN = "own", _("Own goal")


class AimState(models.TextChoices):
    """Where an aim stands."""

    PROPOSED = "proposed", pgettext_lazy("aim", "Proposed")
    AGREED = "agreed", pgettext_lazy("aim", "Agreed")
    REACHED = "reached", pgettext_lazy("aim", "Reached")
    MISSED = "missed", pgettext_lazy("aim", "Missed")
    UNKNOWN = "unknown", pgettext_lazy("aim", "Cannot be told")
    DECLINED = "declined", pgettext_lazy("aim", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("aim", "Withdrawn")


AIM_STEPS: dict[str, frozenset[str]] = {
    AimState.PROPOSED: frozenset({AimState.AGREED, AimState.DECLINED, AimState.WITHDRAWN}),
    AimState.AGREED: frozenset({AimState.REACHED, AimState.MISSED, AimState.UNKNOWN, AimState.WITHDRAWN}),
    AimState.REACHED: frozenset(),
    AimState.MISSED: frozenset(),
    AimState.UNKNOWN: frozenset(),
    AimState.DECLINED: frozenset(),
    AimState.WITHDRAWN: frozenset(),
}

TOLD = (AssessmentState.PUBLISHED, AssessmentState.APPROVED, AssessmentState.LOCKED)
"""The states in which people see their own scores."""
ASSESSED_ROLES = (
    Role.AGENT,
    Role.TEAM_LEAD,
    Role.SUPERVISOR,
    Role.REGIONAL_MANAGER,
    Role.SERVICE_MANAGER,
    Role.GENERAL_AFFAIRS,
    Role.TRAINER,
    Role.QUALITY,
)
"""The roles that have schemes of their own."""
OF_GROUP = {Role.AGENT: "team", Role.TEAM_LEAD: "team", Role.SUPERVISOR: "site"}
"""Whose figures a share of somebody's score may be: the team they are in or lead, or their site."""
