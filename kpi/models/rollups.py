"""Roll-ups: calls counted at the grains that questions are asked at. Derived from raw calls, and made anew from them.

Every grain has the same numbers (`Counted`) under other keys. Their keys are plain numbers without foreign keys in the
database: the calls hold those, and a check for each of many million rows would cost more than the row. 0 is nobody.
`at` is the local time of the site (docs/kpi.md says how the grains are kept).
"""

from typing import Any

from django.db import models
from django.db.models.functions import Now


class LocalTime(models.Field):
    """A wall-clock time at a site, without a zone."""

    def db_type(self, connection: Any) -> str:
        """Return the type of the column."""
        return "timestamp without time zone"


class Line(models.Model):
    """Where calls come in: what is the same for all calls of a queue. Roll-ups name it by its number."""

    id = models.AutoField(primary_key=True)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    queue = models.ForeignKey("calls.Queue", models.PROTECT, null=True, related_name="+")
    queue_name = models.CharField(max_length=80, blank=True)
    project = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "source", "queue", "queue_name", "project", "channel"],
                name="line_is_one",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.queue_id or self.queue_name}"


class SiteClock(models.Model):
    """The time zone by which a site's calls are counted. Once the site has another, they are counted anew."""

    site = models.IntegerField(primary_key=True)
    time_zone = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.site} {self.time_zone}"


class StaleSlot(models.Model):
    """Calls of a site that entered in the half hour from `at` (UTC) have changed. The same mark may stand often.

    Marks are only added, and deleted by who has counted anew: one that comes while somebody counts is kept.
    """

    id = models.BigAutoField(primary_key=True)
    site = models.IntegerField()
    at = models.DateTimeField()
    marked_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="stale_slot_of_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.at}"


class StaleMonth(models.Model):
    """Roll-ups of a site in the month that begins with `at` have changed since the month was merged."""

    id = models.BigAutoField(primary_key=True)
    site = models.IntegerField()
    at = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="stale_month_of_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.at}"


def _count() -> models.IntegerField:
    return models.IntegerField(null=True)


def _bag() -> models.BinaryField:
    return models.BinaryField(null=True)


class Counted(models.Model):
    """Calls counted together; null is 0, so that what is rare takes no room.

    `no_…` are answered (or abandoned) calls of which the length, or whether they were resolved or transferred, is not
    known; `nameless` answered ones of nobody.
    Sums are in seconds, and end at 2^31, which is 68 years. Bags hold every length (kpi/rollup/bags.py).
    """

    site = models.IntegerField()
    offered = models.IntegerField()
    answered = _count()
    abandoned = _count()
    flowed_out = _count()
    nameless = _count()
    resolved = _count()
    transferred = _count()
    rated_1 = _count()
    rated_2 = _count()
    rated_3 = _count()
    rated_4 = _count()
    rated_5 = _count()
    no_wait = _count()
    no_lost_wait = _count()
    no_talk = _count()
    no_hold = _count()
    no_wrap = _count()
    no_resolved = _count()
    no_transferred = _count()
    wait_sum = _count()
    lost_wait_sum = _count()
    talk_sum = _count()
    hold_sum = _count()
    wrap_sum = _count()
    handle_sum = _count()

    class Meta:
        abstract = True


class WithBags(Counted):
    """Counted with every length, so that rows can be merged and asked for any percentile or threshold.

    `…_least` and `…_most` are of the lengths beyond 600 s alone, which bags tell only nearly.
    """

    wait_least = _count()
    wait_most = _count()
    lost_wait_least = _count()
    lost_wait_most = _count()
    talk_least = _count()
    talk_most = _count()
    handle_least = _count()
    handle_most = _count()
    wait_bag = _bag()
    lost_wait_bag = _bag()
    talk_bag = _bag()
    handle_bag = _bag()

    class Meta:
        abstract = True


class WithRanks(Counted):
    """Counted with the percentiles of just these calls, ready to be read; null where fewer than ten are known."""

    wait_p10 = _count()
    wait_p50 = _count()
    wait_p90 = _count()
    wait_p95 = _count()
    talk_p10 = _count()
    talk_p50 = _count()
    talk_p90 = _count()
    talk_p95 = _count()
    handle_p10 = _count()
    handle_p50 = _count()
    handle_p90 = _count()
    handle_p95 = _count()

    class Meta:
        abstract = True


class HalfHour(WithBags):
    """A line's calls of a team in a half hour. The other half hours are merged from these."""

    pk = models.CompositePrimaryKey("at", "line", "team")
    at = LocalTime()
    line = models.IntegerField()
    team = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.line} {self.team}"


class LineHalfHour(WithBags):
    """A line's calls in a half hour, of all teams."""

    pk = models.CompositePrimaryKey("at", "line")
    at = LocalTime()
    line = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.line}"


class TeamHalfHour(WithRanks):
    """A team's calls in a half hour, of all lines."""

    pk = models.CompositePrimaryKey("at", "site", "team")
    at = LocalTime()
    team = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.team}"


class AgentDay(WithBags):
    """A line's calls of an agent on a day, in the team of that day; who is known by a name only has agent 0."""

    pk = models.CompositePrimaryKey("at", "line", "team", "agent", "agent_name")
    at = models.DateField()
    line = models.IntegerField()
    team = models.IntegerField()
    agent = models.IntegerField()
    agent_name = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agent", "at"], name="agent_day_of_agent")]

    def __str__(self) -> str:
        return f"{self.at} {self.agent or self.agent_name}"


class TeamDay(WithBags):
    """A line's calls of a team on a day."""

    pk = models.CompositePrimaryKey("at", "line", "team")
    at = models.DateField()
    line = models.IntegerField()
    team = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.line} {self.team}"


class TeamMonth(WithBags):
    """A line's calls of a team in the month that begins with `at`."""

    pk = models.CompositePrimaryKey("at", "line", "team")
    at = models.DateField()
    line = models.IntegerField()
    team = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.line} {self.team}"


class TeamTimeOfDay(WithRanks):
    """A team's calls of a month at a time of day: `at` is the first day of the month at that half hour."""

    pk = models.CompositePrimaryKey("at", "site", "team")
    at = LocalTime()
    team = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.at} {self.team}"
