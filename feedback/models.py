"""A feedback item: who asks which department what, by when it answers, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from feedback.enums import Category, Status
from feedback.querysets import ItemQuerySet

PERSON = settings.AUTH_USER_MODEL


class Item(models.Model):
    """What one employee writes to one department, under their name; only they and its owners read it.

    Policy and calendar are those of the day of submission: changing either later moves no deadline.
    """

    submitter = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("from"))
    department = models.ForeignKey(
        "agents.Department", models.PROTECT, related_name="+", verbose_name=_("department")
    )
    category = models.CharField(_("category"), max_length=10, choices=Category)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"))
    status = models.CharField(_("step"), max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted"))
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+")
    calendar = models.ForeignKey("worktime.Calendar", models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("answer due"))
    provisional = models.BooleanField(default=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("time", "answered"), null=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )

    get_category_display = in_words("category", Category)
    get_status_display = in_words("status", Status)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["submitter", "-submitted_at"], name="feedback_by_submitter"),
            models.Index(
                fields=["department", "due_at"],
                name="feedback_to_answer",
                condition=Q(status=Status.SUBMITTED),
            ),
            models.Index(
                fields=["department", "-answered_at"],
                name="feedback_answered",
                condition=Q(status=Status.ANSWERED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_answered_is_whole",
                condition=Q(status=Status.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer="")
                | Q(status=Status.SUBMITTED, answered_at=None, answered_by=None, answer=""),
            ),
            models.CheckConstraint(
                name="feedback_not_answered_by_submitter",
                condition=Q(answered_by=None) | ~Q(answered_by=F("submitter")),
            ),
            models.CheckConstraint(
                name="feedback_due_after_submission", condition=Q(due_at__gt=F("submitted_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"F-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the item's page."""
        return address_of("feedback:detail", self.pk)

    @property
    def topic(self) -> str:
        """Name the item for the outbox, so that waiting messages about it can be called back."""
        return f"feedback:{self.pk}"

    @property
    def answered_late(self) -> bool:
        """Say whether the answer came at or after its due instant."""
        return self.answered_at is not None and self.answered_at >= self.due_at
