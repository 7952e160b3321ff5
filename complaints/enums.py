"""The words of a complaint."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(models.IntegerChoices):
    """Whom the customer reached (domain §4); it rises and never falls."""

    COMPANY = 1, _("Tier 1 · company")
    GROUP = 2, _("Tier 2 · group")
    AUTHORITY = 3, _("Tier 3 · authority or media")


class Channel(models.TextChoices):
    """How the complaint reached us."""

    TELEPHONE = "telephone", _("Telephone")
    ON_SITE = "on_site", _("On site")
    LETTER = "letter", _("Letter")
    MEDIA = "media", _("Media")
    WEB = "web", _("Web")


class Status(models.TextChoices):
    """Where a complaint is in its course; `course.COURSE` says what leads from one to another."""

    ACCEPTED = "accepted", _("Accepted")
    VERIFIED = "verified", pgettext_lazy("complaint", "Verified")
    VALID = "valid", _("Ruled valid")
    INVALID = "invalid", _("Ruled invalid")
    APOLOGISED = "apologised", _("Apologised")
    RESOLVED = "resolved", _("Resolved")
    EXPLAINED = "explained", _("Explained")
    SATISFIED = "satisfied", _("Customer satisfied")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")
    MERGED = "merged", _("Merged")


UNRULED = (Status.ACCEPTED, Status.VERIFIED)
"""Whoever it is about does not see it yet."""
ENDED = (Status.RESOLVED, Status.EXPLAINED, Status.SATISFIED, Status.CLOSED, Status.MERGED)
"""From here on the customer's matter is dealt with: the clocks stand."""
CLOSED = (Status.CLOSED, Status.MERGED)
"""Nothing is left to do."""


class Act(models.TextChoices):
    """What one does with a complaint, each a verb; `course.COURSE` says when, `rules` by whom."""

    ACCEPT = "accept", pgettext_lazy("complaint", "Accept")
    RESPOND = "respond", _("Contact the customer")
    APPOINT = "appoint", _("Appoint an investigator")
    ASK = "ask", _("Ask the person concerned")
    ANSWER = "answer", pgettext_lazy("complaint", "Answer")
    ADD_EVIDENCE = "add_evidence", _("Add evidence")
    ATTACH = "attach", _("Attach a file")
    VERIFY = "verify", _("Verify")
    RULE = "rule", pgettext_lazy("verb", "Rule")
    CHANGE_RULING = "change_ruling", _("Change the ruling")
    EXPLAIN = "explain", _("Explain")
    APOLOGISE = "apologise", _("Apologise")
    RESOLVE = "resolve", _("Resolve")
    HOLD_TO_ACCOUNT = "hold_to_account", _("Hold to account")
    APPOINT_CALLER = "appoint_caller", _("Appoint a callback agent")
    FOLLOW_UP = "follow_up", _("Follow up")
    FILE_REPORT = "file_report", _("File the external report")
    SET_CAUSE = "set_cause", _("Set the cause")
    PLAN_CORRECTION = "plan_correction", _("Plan corrective action")
    CARRY_OUT = "carry_out", _("Carry out corrective action")
    JUDGE_CORRECTION = "judge_correction", _("Verify corrective action")
    CLOSE = "close", pgettext_lazy("complaint", "Close")
    REOPEN = "reopen", _("Reopen")
    RAISE_TIER = "raise_tier", _("Raise the tier")
    LINK = "link", _("Link to another")
    MERGE = "merge", _("Merge into another")
    PAUSE = "pause", _("Wait for the customer")
    RESUME = "resume", _("Go on")
    JOIN = "join", _("Join in handling")
    RECOMPUTE = "recompute", _("Count the deadline anew")


class Outcome(models.TextChoices):
    """What a ruling says: valid means that a service rule was broken."""

    VALID = "valid", pgettext_lazy("ruling", "Valid")
    INVALID = "invalid", pgettext_lazy("ruling", "Invalid")


class EvidenceKind(models.TextChoices):
    """What a ruling can rest on."""

    CALL = "call", _("Call")
    RECORDING = "recording", _("Recording")
    ORDER = "order", _("Service order")
    STATEMENT = "statement", pgettext_lazy("evidence", "Statement")


class FollowUpOutcome(models.TextChoices):
    """What the customer says when asked after the solution."""

    SATISFIED = "satisfied", _("Satisfied")
    NOT_SATISFIED = "not_satisfied", _("Not satisfied")
    NOT_REACHED = "not_reached", _("Not reached")


class FollowUpMeans(models.TextChoices):
    """How the customer is asked."""

    CALL = "call", pgettext_lazy("follow-up", "Call")
    VISIT = "visit", pgettext_lazy("follow-up", "Visit")


class CorrectionState(models.TextChoices):
    """Where a corrective action stands."""

    PLANNED = "planned", pgettext_lazy("correction", "Planned")
    DONE = "done", _("Carried out")
    HOLDS = "holds", pgettext_lazy("correction", "Holds")
    FAILED = "failed", pgettext_lazy("correction", "Failed")


CORRECTION_STEPS: dict[str, frozenset[str]] = {
    CorrectionState.PLANNED: frozenset({CorrectionState.DONE}),
    CorrectionState.DONE: frozenset({CorrectionState.HOLDS, CorrectionState.FAILED}),
    CorrectionState.HOLDS: frozenset({CorrectionState.FAILED}),
    CorrectionState.FAILED: frozenset(),
}
"""One that was found to hold fails when its cause comes back."""


class ClockKind(models.TextChoices):
    """What a clock measures."""

    RESPONSE = "response", _("First response")
    SAME_DAY = "same_day", _("Same day")
    RESOLUTION = "resolution", _("Resolution")
    CORRECTION = "correction", _("Corrective action")


class AlertKind(models.TextChoices):
    """What a clock told somebody."""

    WARNING = "warning", _("Early warning")
    ESCALATION = "escalation", _("Escalation")
    JOINING = "joining", _("Joint handling")
