"""Answers that are kept, so that a request that was sent twice is done once."""

from django.db import models


class KeptAnswer(models.Model):
    """The first answer to a key. It is written in the transaction of the act itself: both stand, or neither."""

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="answer_kept_once")]
        indexes = [models.Index(fields=["at"], name="answer_oldest")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}: {self.status}"
