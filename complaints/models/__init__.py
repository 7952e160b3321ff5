"""Complaints: the thing itself, its clocks, and what its course leaves behind."""

from complaints.models.clocks import Alert, Attempt, Clock, ClockPolicy, Pause
from complaints.models.complaint import Attachment, Complaint, Likeness, Participant, Step, Wording
from complaints.models.course import (
    Cause,
    Correction,
    CoursePolicy,
    Evidence,
    FollowUp,
    Liability,
    Question,
    Report,
    Ruling,
)
from complaints.models.monthly import MonthlyAnalysis

__all__ = [
    "Alert",
    "Attachment",
    "Attempt",
    "Cause",
    "Clock",
    "ClockPolicy",
    "Complaint",
    "Correction",
    "CoursePolicy",
    "Evidence",
    "FollowUp",
    "Liability",
    "Likeness",
    "MonthlyAnalysis",
    "Participant",
    "Pause",
    "Question",
    "Report",
    "Ruling",
    "Step",
    "Wording",
]
