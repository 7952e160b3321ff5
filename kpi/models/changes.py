"""What has been counted anew: so a program that holds figures learns what to ask for again, without counting anything."""

from django.db import models

from kpi.models.rollups import LocalTime


class Change(models.Model):
    """When the calls of a half hour of a site (by its wall clock) were last counted anew."""

    pk = models.CompositePrimaryKey("site", "at")
    site = models.IntegerField()
    at = LocalTime()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="change_by_time")]

    def __str__(self) -> str:
        return f"{self.site} {self.at}"


class Version(models.Model):
    """How often roll-ups of a site have been counted anew: whoever knows the number knows whether they are the same."""

    site = models.IntegerField(primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.site}: {self.number}"
