"""The written report to the group, or to the authority or the media (tiers 2 and 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from complaints.enums import Act
from complaints.models import Report
from complaints.services.acting import begin, finish, need


@transaction.atomic
def file_report(*, actor: User, complaint_id: int, receiver: str, text: str, now: datetime) -> Report:
    """File the report as it was sent; another one, to somebody else or of a later solution, is filed beside it."""
    complaint = begin(Act.FILE_REPORT, complaint_id, actor=actor)
    to = need(receiver, "receiver", _("The receiver is missing."), _("Say to whom the report goes."))
    words = need(text, "text", _("The report is missing."), _("Say what happened, and what was done."))
    report = Report.objects.create(complaint=complaint, receiver=to, text=words, by=actor, at=now)
    finish(complaint, Act.FILE_REPORT, actor=actor, now=now, facts={"receiver": to})
    return report
