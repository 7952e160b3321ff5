"""The reports to the leaders."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from callcenter.addresses import address_of


class Report(models.Model):
    """A report to the leaders (领导通报): the figures of the week from `since` up to, not including, `until`.

    They are as they were when it was made, and what was too small to be told is not in them (feedback/suppression.py).
    """

    since = models.DateField()
    until = models.DateField()
    made_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["since", "until"], name="leaders_report_once"),
            models.CheckConstraint(name="leaders_report_in_order", condition=Q(since__lt=F("until"))),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.last}"

    def get_absolute_url(self) -> str:
        """Return the report's page."""
        return address_of("leaders:report", self.since.isoformat())

    @property
    def last(self) -> date:
        """Return the last day of the report."""
        return self.until - timedelta(days=1)
