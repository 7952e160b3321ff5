"""The analysis of a month, kept as it was when the month was over."""

from django.db import models

from callcenter.addresses import address_of


class MonthlyAnalysis(models.Model):
    """The figures of all complaints received in the month that begins on `month`; made and mailed once."""

    month = models.DateField(unique=True)
    figures = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Return its page."""
        return address_of("complaints:month", f"{self.month:%Y-%m}")
