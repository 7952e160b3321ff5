"""A feedback item, who wrote it (where that may be known at all), what was said, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from feedback.enums import Addressee, Category, Ending, Escalation, Interest, Kind, Status
from feedback.keys import random_key, random_number
from feedback.querysets import ItemQuerySet

PERSON = settings.AUTH_USER_MODEL


class Item(models.Model):
    """What an employee writes. Who wrote a named one stands in `Author`; of an anonymous one it stands nowhere.

    Keys and numbers are random. `submitted_on` is the day at the centre; `submitted_at` the instant, of a named one
    alone. `released_at` is when the answering side got it: at once, or with its batch. Policy and calendar are those of
    the release: changing either later moves no deadline. `public_subject` and `public_text` are what the owner edited for
    the board; the author's own words are never shown there. An answer is public if it was given before `published_at`.
    `answered_at` is the first answer. `silent_until` is when an answer counts as accepted unless the author objects. `voices` counts “me too”.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    number = models.CharField(_("number"), max_length=12, unique=True, default=random_number, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.QUESTION)
    addressee = models.CharField(_("goes to"), max_length=12, choices=Addressee, default=Addressee.DEPARTMENT)
    department = models.ForeignKey(
        "agents.Department", models.PROTECT, null=True, related_name="+", verbose_name=_("department")
    )
    site = models.ForeignKey(
        "agents.Site", models.PROTECT, null=True, related_name="+", verbose_name=_("site")
    )
    category = models.CharField(_("category"), max_length=10, choices=Category)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("text"))
    anonymous = models.BooleanField(_("anonymous"), default=False, editable=False)
    receipt = models.BinaryField(null=True, unique=True, editable=False)
    status = models.CharField(_("step"), max_length=10, choices=Status, default=Status.SUBMITTED)
    submitted_on = models.DateField(_("submitted on"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    released_at = models.DateTimeField(_("received"))
    policy = models.ForeignKey("worktime.Policy", models.PROTECT, related_name="+")
    calendar = models.ForeignKey("worktime.Calendar", models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("answer due"))
    provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(pgettext_lazy("time", "answered"), null=True)
    escalated_at = models.DateTimeField(null=True)
    escalation = models.CharField(max_length=10, choices=Escalation, blank=True)
    disputes = models.PositiveSmallIntegerField(default=0)
    silent_until = models.DateTimeField(null=True)
    public_subject = models.CharField(max_length=120, blank=True)
    public_text = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    voices = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    erased_at = models.DateTimeField(null=True)

    get_kind_display = in_words("kind", Kind)
    get_addressee_display = in_words("addressee", Addressee)
    get_category_display = in_words("category", Category)
    get_status_display = in_words("status", Status)
    get_ending_display = in_words("ending", Ending)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["department", "due_at"],
                name="feedback_to_answer",
                condition=Q(status__in=[Status.SUBMITTED, Status.DISPUTED]),
            ),
            models.Index(
                fields=["due_at"],
                name="feedback_to_escalate",
                condition=Q(status=Status.SUBMITTED, escalated_at=None),
            ),
            models.Index(
                fields=["silent_until"], name="feedback_silent", condition=Q(status=Status.ANSWERED)
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="feedback_board",
                condition=Q(published_at__isnull=False),
            ),
            *(
                models.Index(
                    fields=[order, "-published_at", "-id"],
                    name=f"feedback_board_{order.lstrip('-')}",
                    condition=Q(published_at__isnull=False),
                )
                for order in ("department", "category", "status", "-voices")
            ),
            models.Index(fields=["department", "-released_at"], name="feedback_of_department"),
            models.Index(fields=["-released_at"], name="feedback_newest"),
            models.Index(
                fields=["closed_at"], name="feedback_to_erase", condition=Q(anonymous=True, erased_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_goes_somewhere",
                condition=Q(addressee=Addressee.DEPARTMENT, department__isnull=False)
                | Q(addressee=Addressee.SUPERVISOR, site__isnull=False)
                | Q(addressee=Addressee.EXECUTIVE),
            ),
            models.CheckConstraint(
                name="feedback_anonymous_has_a_receipt_and_no_instant",
                condition=Q(anonymous=True, receipt__isnull=False, submitted_at=None)
                | Q(anonymous=False, receipt=None, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="feedback_closed_is_whole",
                condition=Q(status=Status.CLOSED, closed_at__isnull=False) & ~Q(ending="")
                | ~Q(status=Status.CLOSED) & Q(closed_at=None, ending=""),
            ),
            models.CheckConstraint(
                name="feedback_escalation_says_why",
                condition=Q(escalated_at=None, escalation="")
                | Q(escalated_at__isnull=False) & ~Q(escalation=""),
            ),
            models.CheckConstraint(
                name="feedback_public_was_edited",
                condition=Q(published_at=None) | ~Q(public_subject="") & ~Q(public_text=""),
            ),
            models.CheckConstraint(
                name="feedback_due_after_release", condition=Q(due_at__gt=F("released_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the item's page."""
        return address_of("feedback:detail", self.number)

    @property
    def author_id(self) -> int | None:
        """Return the key of who wrote it; None if it is anonymous. Without a query where `author` is joined."""
        return None if self.anonymous else self.author.person_id

    @property
    def answered_late(self) -> bool:
        """Say whether the first answer came at the due instant or after it."""
        return self.answered_at is not None and self.answered_at >= self.due_at

    @property
    def topic(self) -> str:
        """Name the item for the outbox, so that waiting messages about it can be called back."""
        return f"feedback:{self.pk}"


class Author(models.Model):
    """Who wrote a named item. The database refuses one for an anonymous item (migration 0004)."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="author")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.item}: {self.person}"


class Answer(models.Model):
    """An answer of the department, or of the executives after a dispute; the newest holds."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item}: {self.at:%Y-%m-%d}"


class Word(models.Model):
    """One turn of the talk about an item: a question back, or what the author says to it (then without `by`).

    Of an anonymous author only the day is known.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="words")
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.item}: {self.day}"


class Note(models.Model):
    """What the answering side writes for itself; the author never sees it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item}: {self.by}"


class HandOn(models.Model):
    """A department handed an item on to another, with a reason, once (domain §5)."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="hand_on")
    old = models.ForeignKey("agents.Department", models.PROTECT, related_name="+")
    new = models.ForeignKey("agents.Department", models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hand_on_to_another", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.old} → {self.new}"


class Dispute(models.Model):
    """The author is dissatisfied with an answer, and says why; of an anonymous one only the day is known."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="objections")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="dispute_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.number}"


class Survey(models.Model):
    """What the author expected and what they found, asked at the confirmation: the gap (domain §5, step 8).

    Days until the answer, and how good it was from 1 to 5.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="survey")
    expected_days = models.PositiveSmallIntegerField()
    expected_quality = models.PositiveSmallIntegerField()
    found_quality = models.PositiveSmallIntegerField()
    satisfied = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_marks_in_range",
                condition=Q(
                    expected_quality__range=(1, 5), found_quality__range=(1, 5), expected_days__lte=60
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


class Backing(models.Model):
    """Somebody says “me too” to a public item, or follows it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="backings", db_index=False)
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    interest = models.CharField(max_length=10, choices=Interest)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person", "interest"], name="backing_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.interest}"


class File(models.Model):
    """A picture or document of an item, stored without what it carried about its maker; `kind` is what it was found to be."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to="feedback/", max_length=200)

    def __str__(self) -> str:
        return self.name
