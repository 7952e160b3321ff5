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


def _reference(to: str, label: Any) -> models.ForeignKey:
    # Each of these leads an index below or is reached from the other side only; the automatic one would cost twice.
    return models.ForeignKey(
        to, models.PROTECT, null=True, blank=True, related_name="calls", db_index=False, verbose_name=label
    )


class Call(models.Model):
    """One visit of a call to a queue, known by (source, call_id, visit); a higher revision replaces a lower one.

    The calls of a source belong to one site, so that no site can correct another's; the services see to it.
    Names are kept as the source wrote them, beside the rows they were matched to. `team` is the agent's team on the
    day of the call at the site. What is not known is null, never 0. Seconds are whole; `wait_seconds` runs from
    entering the queue to its end, whatever the outcome.
    """

    source = models.CharField(_("source"), max_length=80)
    call_id = models.CharField(_("call"), max_length=120)
    visit = models.PositiveSmallIntegerField(_("visit"), default=0)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    site = models.ForeignKey(
        "agents.Site", models.PROTECT, related_name="calls", db_index=False, verbose_name=_("site")
    )
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

    get_outcome_display = in_words("outcome", Outcome)

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["site", "entered_at"], name="call_at_site"),
            models.Index(fields=["source", "entered_at"], name="call_of_source"),
            models.Index(fields=["agent", "entered_at"], name="call_of_agent"),
            models.Index(fields=["team", "entered_at"], name="call_of_team"),
            models.Index(fields=["customer", "entered_at"], name="call_of_customer"),
            models.Index(fields=["-entered_at", "-id"], name="call_newest"),
            models.Index(
                fields=["site", "source", "agent_name"], name="call_unmatched", condition=Q(agent=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "call_id", "visit"], name="call_counted_once"),
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
