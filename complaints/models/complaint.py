"""A complaint, and what it takes in: the steps of its course, who joined, files, and others like it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.addresses import address_of
from callcenter.choices import in_words
from calls.contacts import masked
from complaints.enums import CLOSED, ENDED, Act, Channel, Status, Tier
from complaints.querysets import ComplaintQuerySet

PERSON = settings.AUTH_USER_MODEL


class Complaint(models.Model):
    """What a customer complained of, who handles it, and who answers for it now.

    `tier` is whom the customer reached, `level` how far it has escalated inside the house: two things.
    `due_at` repeats the due instant of the newest resolution clock, so that lists need no join. `resolved_at` is set from
    the solution (or the explanation, or the merging) on, `closed_at` when nothing is left to do at all.
    `form_key` names the form that was filled in, so that one sent twice is recorded once. The call is named as text
    (source, number), since calls are kept elsewhere and not for ever. `external_number` is that of whoever sent it on,
    unique within the system that it comes from, `source`.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    subject = models.CharField(_("subject"), max_length=120)
    account = models.TextField(pgettext_lazy("complaint", "what happened"))
    demand = models.TextField(_("what the customer asks for"), blank=True)
    customer = models.ForeignKey(
        "calls.Customer", models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    customer_name = models.CharField(_("customer"), max_length=120)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    staff_concerned = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("agents.Team", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    handler = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("handler"))
    responsible = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("answers now"))
    level = models.PositiveSmallIntegerField(_("escalation level"), default=0)
    status = models.CharField(_("step"), max_length=12, choices=Status, default=Status.ACCEPTED)
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField(_("due"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    closed_at = models.DateTimeField(pgettext_lazy("complaint", "closed"), null=True)
    solution = models.TextField(_("solution"), blank=True)
    cause = models.ForeignKey(
        "complaints.Cause", models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    investigator = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    caller = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    call = models.CharField(_("call"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    external_number = models.CharField(_("number elsewhere"), max_length=80, blank=True)
    form_key = models.UUIDField(null=True, editable=False)

    get_tier_display = in_words("tier", Tier)
    get_channel_display = in_words("channel", Channel)
    get_status_display = in_words("status", Status)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="complaint_open_by_due", condition=Q(resolved_at=None)
            ),
            models.Index(
                fields=["site", "due_at", "id"], name="complaint_open_at_site", condition=Q(resolved_at=None)
            ),
            models.Index(
                fields=["received_at", "id"],
                name="complaint_ended_by_receipt",
                condition=Q(resolved_at__isnull=False),
            ),
            models.Index(
                fields=["due_at", "id"], name="complaint_ended_by_due", condition=Q(resolved_at__isnull=False)
            ),
            models.Index(fields=["handler", "due_at"], name="complaint_of_handler"),
            models.Index(fields=["responsible", "due_at"], name="complaint_of_responsible"),
            models.Index(fields=["recorded_by"], name="complaint_by_recorder"),
            models.Index(fields=["site", "-received_at"], name="complaint_newest_at_site"),
            models.Index(
                fields=["resolved_at"], name="complaint_resolved", condition=Q(resolved_at__isnull=False)
            ),
            models.Index(
                fields=["due_at", "id"], name="complaint_to_rule", condition=Q(status=Status.VERIFIED)
            ),
            # What is resolved and still has to be called back, reported or closed.
            models.Index(
                fields=["tier", "site", "resolved_at"],
                name="complaint_to_close",
                condition=Q(resolved_at__isnull=False, closed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="complaint_resolved_has_time",
                condition=Q(status__in=ENDED, resolved_at__isnull=False)
                | ~Q(status__in=ENDED) & Q(resolved_at=None),
            ),
            models.CheckConstraint(
                name="complaint_closed_has_time",
                condition=Q(status__in=CLOSED, closed_at__isnull=False)
                | ~Q(status__in=CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="complaint_merged_says_where",
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | ~Q(status=Status.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(name="complaint_not_into_itself", condition=~Q(merged_into=F("id"))),
            models.UniqueConstraint(fields=["recorded_by", "form_key"], name="complaint_form_once"),
            models.UniqueConstraint(
                fields=["source", "external_number"],
                name="complaint_external_once",
                condition=~Q(external_number=""),
            ),
            models.CheckConstraint(name="complaint_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="complaint_tier_known", condition=Q(tier__in=Tier.values)),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the complaint's page."""
        return address_of("complaints:detail", self.reference)

    @property
    def masked_contact(self) -> str:
        """Return the contact as whoever does not handle the complaint sees it."""
        return masked(self.contact)

    @property
    def topic(self) -> str:
        """Name the complaint for the outbox, so that waiting messages about it can be called back."""
        return f"complaint:{self.pk}"


class Wording(models.Model):
    """The words by which a complaint is found; the database itself keeps them (migration 0014).

    They stand apart from the complaint, so that whatever moves it never writes this index.
    """

    complaint = models.OneToOneField(Complaint, models.CASCADE, primary_key=True, related_name="wording")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="complaint_words")]

    def __str__(self) -> str:
        return f"{self.complaint}: words"


class Step(models.Model):
    """One act on a complaint: what, when, by whom (nobody: the machine), in which words, and what it changed.

    `old` and `new` are the states before and after; the same where the act moves nothing. `facts` is what the page
    tells besides, by name: values before and after as [old, new], or a plain value.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps", db_index=False)
    act = models.CharField(max_length=20, choices=Act)
    old = models.CharField(max_length=12, choices=Status, blank=True)
    new = models.CharField(max_length=12, choices=Status)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    get_act_display = in_words("act", Act)
    get_new_display = in_words("new", Status)

    class Meta:
        indexes = [models.Index(fields=["complaint", "at"], name="steps_of_complaint")]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.act}"


class Participant(models.Model):
    """Somebody who joined in handling a complaint that was not solved the same day (domain §4)."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="participants", db_index=False)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.complaint}: {self.person}"


class Likeness(models.Model):
    """Two complaints that belong together and stay apart; the lower key comes first."""

    first = models.ForeignKey(Complaint, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Complaint, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(name="likeness_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} ~ {self.second}"


class Attachment(models.Model):
    """A file that belongs to a complaint; `kind` is what its content was found to be, not what its name claims."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to="complaints/%Y/%m/", max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name
