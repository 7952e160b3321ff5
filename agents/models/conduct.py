"""Rewards and penalties: the rules of service, what somebody did, what they say about it, and their appeal."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.enums import ConductKind, ConductState
from agents.models.dated import Dated, one_at_a_time
from agents.models.people import User
from agents.querysets import ConductQuerySet
from callcenter.addresses import address_of
from callcenter.choices import in_words


class ServiceRule(Dated):
    """A published rule of service. Its words never change: it ends, and the next of the same code begins."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ("code", "period")
        constraints = [one_at_a_time("rule_of_a_code", "code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def _person(name: str, label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(User, models.PROTECT, related_name=name, verbose_name=label, null=null)


class ConductRecord(models.Model):
    """A reward or a penalty by a rule, with the direct superior of that day as the joint person of a penalty.

    Both are told when it is opened and may reply until `reply_until`; then it is final, and they may appeal until
    `appeal_until`. The complaint behind it is named in plain text with its tier, since people know no complaints.
    """

    person = _person("conduct", _("person"))
    joint_person = _person("joint_conduct", _("jointly responsible"), null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ConductKind)
    rule = models.ForeignKey(ServiceRule, models.PROTECT, related_name="+", verbose_name=_("rule"))
    occurred_on = models.DateField(_("day of what happened"))
    account = models.TextField(pgettext_lazy("conduct", "what happened"))
    measure = models.CharField(_("measure"), max_length=200)
    complaint_reference = models.CharField(_("complaint"), max_length=30, blank=True)
    complaint_tier = models.PositiveSmallIntegerField(_("tier of the complaint"), null=True)
    state = models.CharField(_("step"), max_length=10, choices=ConductState, default=ConductState.DRAFTED)
    recorded_by = _person("+", _("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    reply_until = models.DateTimeField(_("reply until"), null=True)
    final_at = models.DateTimeField(_("final since"), null=True)
    appeal_until = models.DateTimeField(_("appeal until"), null=True)
    appealed_by = _person("+", _("appealed by"), null=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True)
    appeal = models.TextField(_("appeal"), blank=True)
    decided_by = _person("+", _("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.TextField(_("decision"), blank=True)
    withdrawn_by = _person("+", _("withdrawn by"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    get_kind_display = in_words("kind", ConductKind)
    get_state_display = in_words("state", ConductState)

    objects = ConductQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-occurred_on"], name="conduct_of_person"),
            models.Index(fields=["joint_person"], name="conduct_of_joint_person"),
            models.Index(fields=["-recorded_at", "-id"], name="conduct_newest"),
            models.Index(
                fields=["reply_until"], name="conduct_replies", condition=Q(state=ConductState.REPLY_OPEN)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="conduct_two_people", condition=Q(joint_person=None) | ~Q(joint_person=F("person"))
            ),
            models.CheckConstraint(
                name="conduct_not_judged_by_accused",
                condition=~Q(recorded_by=F("person"))
                & (Q(decided_by=None) | ~Q(decided_by=F("person")) & ~Q(decided_by=F("recorded_by"))),
            ),
            models.CheckConstraint(
                name="conduct_reply_has_an_end",
                condition=~Q(state=ConductState.REPLY_OPEN) | Q(reply_until__isnull=False),
            ),
            models.CheckConstraint(
                name="conduct_decision_is_whole",
                condition=~Q(state__in=[ConductState.UPHELD, ConductState.LIFTED])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return f"R-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the record's page."""
        return address_of("agents:conduct_record", self.pk)

    @property
    def topic(self) -> str:
        """Name the record for the outbox."""
        return f"conduct:{self.pk}"

    @property
    def accused(self) -> list[User]:
        """Return whom it concerns: the person, and the one who is jointly responsible."""
        return [person for person in (self.person, self.joint_person) if person]

    def is_settled(self, now: datetime) -> bool:
        """Say whether nothing can change it any more and it holds: only then may it be published."""
        if self.state == ConductState.FINAL:
            return self.appeal_until is None or now >= self.appeal_until
        return self.state == ConductState.UPHELD


class ConductReply(models.Model):
    """What one of those concerned says about a record; each may say several things while there is time."""

    record = models.ForeignKey(ConductRecord, models.PROTECT, related_name="replies")
    person = _person("+", _("person"))
    text = models.TextField(_("reply"))
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.person} on {self.record}"
