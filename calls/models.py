"""Customers, queues, calls, and the sources they come from."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from callcenter.choices import in_words
from calls.contacts import masked
from calls.enums import CustomerKind, Outcome
from calls.querysets import CallQuerySet, CustomerQuerySet, SourceQuerySet, digits_of
from calls.queue_log.models import Follower, LogCount, LogSeat, OpenVisit  # noqa: F401 (Django looks here)

FEWEST_MONTHS, MOST_MONTHS = 3, 240
"""For which calls can be kept."""


class Customer(models.Model):
    """Somebody who calls. Screens show the number masked."""

    kind = models.CharField(_("kind"), max_length=20, choices=CustomerKind, default=CustomerKind.PERSONAL)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="customer_by_name"),
            models.Index(fields=["phone"], name="customer_by_phone"),
            # Found while one types: by the beginning, whatever the order of the database's own language.
            models.Index(OpClass("name", "varchar_pattern_ops"), name="customer_name_begins"),
            models.Index(OpClass(digits_of("phone"), "text_pattern_ops"), name="customer_number_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The telephone number as a screen may show it."""
        return masked(self.phone)


class Queue(models.Model):
    """A line that callers wait in."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="queues", verbose_name=_("site"))

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class AgentName(models.Model):
    """Who stands behind a name that a source uses at a site; set by hand, it holds for later imports too."""

    source = models.CharField(_("source"), max_length=80)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    name = models.CharField(_("name in the file"), max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="names_in_calls")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "site", "name"], name="agent_name_means_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.source})"


class Source(models.Model):
    """A system that calls come from: the site it belongs to, how many calls it brought, and the time they span."""

    name = models.CharField(_("source"), max_length=80, unique=True)
    site = models.ForeignKey("agents.Site", models.PROTECT, related_name="+", verbose_name=_("site"))
    calls = models.PositiveBigIntegerField(_("calls"), default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    objects = SourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


def _seconds(label: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)


def _reference(to: str, label: Any, *, null: bool = True) -> models.ForeignKey:
    # Ids come out of these tables in the statement that writes the call. A constraint would look each up once more: of a
    # million calls that is longer than all the rest. Each leads an index below or is reached from the other side only.
    return models.ForeignKey(
        to,
        models.PROTECT,
        null=null,
        blank=null,
        related_name="calls",
        db_index=False,
        db_constraint=False,
        verbose_name=label,
    )


def _of(field: str, *, name: str) -> models.Index:
    """Index the calls that have this reference, by time."""
    return models.Index(fields=[field, "entered_at"], name=name, condition=Q((f"{field}__isnull", False)))


def _nameless(field: str, *before: str, name: str) -> models.Index:
    """Index the calls that have a name only, by site and name."""
    known = Q((f"{field}__isnull", True)) & ~Q((f"{field}_name", ""))
    return models.Index(fields=["site", *before, f"{field}_name"], name=name, condition=known)


class Call(models.Model):
    """One visit of a call to a queue; `CallKey` knows that there is no other of its (source, call_id, visit).

    The table is partitioned by the month (UTC) of `entered_at`, which leads its primary key (entered_at, id) in the
    database; that key is the order of every list. Services write it: a partition must be there, and the key.

    The calls of a source belong to one site, so that no site can correct another's; the services see to it.
    Names are kept as the source wrote them, beside the rows they were matched to. `team` is the agent's team on the
    day of the call at the site. What is not known is null, never 0. Seconds are whole; `wait_seconds` runs from
    entering the queue to its end, whatever the outcome.
    """

    source = models.CharField(_("source"), max_length=80)
    call_id = models.CharField(_("call"), max_length=120)
    visit = models.PositiveSmallIntegerField(_("visit"), default=0)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    site = _reference("agents.Site", _("site"), null=False)
    queue = _reference("calls.Queue", _("queue"))
    queue_name = models.CharField(_("queue name"), max_length=80, blank=True)
    agent = _reference(settings.AUTH_USER_MODEL, _("agent"))
    agent_name = models.CharField(_("agent name"), max_length=80, blank=True)
    customer = _reference("calls.Customer", _("customer"))
    customer_name = models.CharField(_("customer name"), max_length=120, blank=True)
    team = _reference("agents.Team", _("team"))
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("entered the queue"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    wait_seconds = _seconds(_("wait"))
    talk_seconds = _seconds(_("talk"))
    hold_seconds = _seconds(_("hold"))
    wrap_seconds = _seconds(_("wrap-up"))
    resolved = models.BooleanField(_("resolved"), null=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    transferred = models.BooleanField(_("transferred"), null=True)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    project = models.CharField(_("project"), max_length=80, blank=True)

    get_outcome_display = in_words("outcome", Outcome)

    objects = CallQuerySet.as_manager()

    class Meta:
        # Sites and sources are few, so that their calls are soon met on the way through the primary key. Agents, teams
        # and customers are many: each is looked for alone, newest first. What has no match is looked for by its name.
        indexes = [
            _of("agent", name="call_of_agent"),
            _of("team", name="call_of_team"),
            _of("customer", name="call_of_customer"),
            _nameless("agent", "source", name="call_unmatched"),
            _nameless("queue", name="call_unmatched_queue"),
        ]
        constraints = [
            models.CheckConstraint(name="call_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="call_handled_only_if_answered",
                condition=Q(outcome=Outcome.ANSWERED)
                | Q(talk_seconds=None, hold_seconds=None, wrap_seconds=None),
            ),
            models.CheckConstraint(
                name="call_satisfaction_1_to_5",
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.call_id}"

    @property
    def customer_shown(self) -> str:
        """The customer as a screen may show them."""
        return str(self.customer) if self.customer else masked(self.customer_name)


class CallKey(models.Model):
    """What keeps a call unique over all months, and what a repeated one is compared with.

    `entered_at` and `call` find its row; `digest` is that of its content, 0 where none was taken: one that differs only
    asks for a look at the row itself.
    """

    pk = models.CompositePrimaryKey("source", "call_id", "visit")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    call_id = models.CharField(max_length=120, db_collation="C")
    visit = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    call = models.BigIntegerField()
    digest = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.source_id} {self.call_id}"


class Retention(models.Model):
    """For how many whole months before the running one the centre keeps its calls; there is one row at most."""

    months = models.PositiveSmallIntegerField(
        _("months kept"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST_MONTHS), MaxValueValidator(MOST_MONTHS)],
    )

    class Meta:
        constraints = [models.CheckConstraint(name="calls_one_retention", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.months)
