"""The right to post without saying who: keys, what was issued, what was spent, and the intake. docs/anonymity.md."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

PERSON = settings.AUTH_USER_MODEL


class SigningKey(models.Model):
    """The key that signs blinded tokens in one period (a month, as 2026-11), and when its tokens are taken.

    `private` is sealed with the installation's secret and emptied after the period: only then nothing new is signed.
    """

    period = models.CharField(max_length=7, unique=True)
    public = models.BinaryField()
    private = models.BinaryField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    taken_until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_key_in_order",
                condition=Q(opens_on__lt=F("closes_on"), closes_on__lte=F("taken_until")),
            ),
        ]

    def __str__(self) -> str:
        return self.period


class Issue(models.Model):
    """How many tokens somebody had signed in a period: a number, no time, nothing of the tokens."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    key = models.ForeignKey(SigningKey, models.CASCADE, related_name="+")
    signed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="issue_counted_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.signed}"


class SpentToken(models.Model):
    """A token that was spent, as its digest, so that it cannot be spent again."""

    digest = models.BinaryField(primary_key=True)
    key = models.ForeignKey(SigningKey, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.digest.hex()


class Waiting(models.Model):
    """What was posted without a name and waits for its batch. The table is unlogged; of the time it knows the day.

    `sealed` is what was said, under the installation's secret and filled up to a round length. `token` is the digest of the
    token that paid for it, so that none pays twice meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sealed = models.BinaryField()
    token = models.BinaryField(null=True, unique=True)
    day = models.DateField()

    def __str__(self) -> str:
        return str(self.day)


class FeedbackPolicy(models.Model):
    """The numbers of the board, one row: what administrators may set (domain §5, defaults)."""

    tokens_a_period = models.PositiveSmallIntegerField(default=5)
    least_in_a_batch = models.PositiveSmallIntegerField(default=3)
    longest_wait_hours = models.PositiveSmallIntegerField(default=24)
    silence_days = models.PositiveSmallIntegerField(default=5)
    erase_after_days = models.PositiveSmallIntegerField(default=90)
    smallest_cell = models.PositiveSmallIntegerField(default=5)
    smallest_unit = models.PositiveSmallIntegerField(default=10)

    class Meta:
        constraints = [models.CheckConstraint(name="one_feedback_policy", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "feedback"
