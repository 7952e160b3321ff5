"""A message is written in the transaction that causes it, and sent later by a worker."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches its reader."""

    EMAIL = "email", _("Email")
    IN_APP = "in_app", _("In the app")


class State(models.TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Given up")
    CANCELLED = "cancelled", _("No longer needed")


class Message(models.Model):
    """One message to its readers, rendered when it is sent from `template` and its small `context`.

    `people` are those whom it must reach, by primary key, `recipient` among them; `reached` are the addresses that
    have taken it already, `untold` those in To that are known not to have got it: refused for good, or bounced later.
    `untold_at` is when that was last learnt, `retold_at` when whoever wrote the message had gone on to somebody else.
    `key` says what the message is about once and for all: a second one with the same key is never written.
    `topic` names the thing it speaks of, so that what has become pointless can be called back.
    """

    key = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages"
    )
    people = ArrayField(models.BigIntegerField(), default=list)
    to = ArrayField(models.EmailField(), default=list)
    cc = ArrayField(models.EmailField(), default=list)
    reached = ArrayField(models.EmailField(), default=list)
    language = models.CharField(max_length=10)
    time_zone = models.CharField(max_length=40)
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    untold = ArrayField(models.EmailField(), default=list)
    untold_at = models.DateTimeField(null=True)
    retold_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_ready", condition=Q(state__in=[State.QUEUED, State.SENDING])
            ),
            models.Index(
                fields=["topic"],
                name="outbox_topic_open",
                condition=Q(state__in=[State.QUEUED, State.SENDING, State.DEAD]),
            ),
            models.Index(
                fields=["recipient", "due_at"],
                name="outbox_unread",
                condition=Q(channel=Channel.IN_APP, read_at=None),
            ),
            models.Index(
                fields=["key"],
                opclasses=["varchar_pattern_ops"],
                name="outbox_untold",
                condition=Q(untold_at__isnull=False, retold_at=None),
            ),
            models.Index(fields=["-due_at", "-id"], name="outbox_newest"),
            models.Index(fields=["state", "-due_at", "-id"], name="outbox_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_sent_has_time", condition=~Q(state=State.SENT) | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="outbox_in_app_has_recipient",
                condition=~Q(channel=Channel.IN_APP) | Q(recipient__isnull=False),
            ),
            models.CheckConstraint(
                name="outbox_email_has_address", condition=~Q(channel=Channel.EMAIL) | Q(to__len__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def message_id(self) -> str:
        """Return the Message-ID of the email, the same at every attempt."""
        return f"<{self.pk}.{self.key.replace(':', '.')}@{settings.MAIL_DOMAIN}>"


class StoredMail(models.Model):
    """A mail that the embedded product kept for its mailbox page instead of handing it to a server."""

    at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=200)
    to = models.TextField()
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="outbox_mail_newest")]

    def __str__(self) -> str:
        return self.subject
