"""What people can do, on what terms they work, and the extra roles that they apply for."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from agents.enums import ApplicationState
from agents.models.dated import Dated, one_at_a_time
from agents.models.people import User
from agents.querysets import ApplicationQuerySet
from callcenter.addresses import address_of
from callcenter.choices import in_words


class Skill(models.Model):
    """Something that calls ask for: a product, a language, a channel."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(Lower("name"), name="skill_name_unique")]

    def __str__(self) -> str:
        return self.name


class PersonSkill(Dated):
    """A person has a skill at a level from 1 to 5, until it expires."""

    person = models.ForeignKey(User, models.PROTECT, related_name="skills", verbose_name=_("person"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="people", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), default=1)

    class Meta:
        constraints = [
            one_at_a_time("skill_at_one_level", "person", "skill"),
            models.CheckConstraint(name="skill_level", condition=Q(level__gte=1, level__lte=5)),
        ]
        indexes = [models.Index(fields=["skill"], name="people_of_skill")]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill} {self.level}"


class Employment(Dated):
    """A person works here."""

    person = models.ForeignKey(User, models.PROTECT, related_name="employments", verbose_name=_("person"))

    class Meta:
        constraints = [one_at_a_time("employed_once_at_a_time", "person")]

    def __str__(self) -> str:
        return str(self.person)


class Contract(Dated):
    """The working time a week that was agreed with a person."""

    person = models.ForeignKey(User, models.PROTECT, related_name="contracts", verbose_name=_("person"))
    weekly_minutes = models.PositiveSmallIntegerField(_("minutes a week"), default=40 * 60)

    class Meta:
        constraints = [
            one_at_a_time("one_contract_at_a_time", "person"),
            models.CheckConstraint(
                name="contract_minutes", condition=Q(weekly_minutes__gte=60, weekly_minutes__lte=60 * 60)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.weekly_minutes}"


class ExtraRole(models.Model):
    """A role beside the work that agents apply for, such as expert or customer ambassador. It gives no rights."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("what it is"), blank=True)
    is_open = models.BooleanField(_("open for applications"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(Lower("name"), name="extra_role_name_unique")]

    def __str__(self) -> str:
        return self.name


class ExtraRoleHolding(Dated):
    """A person holds an extra role."""

    person = models.ForeignKey(User, models.PROTECT, related_name="extra_roles", verbose_name=_("person"))
    role = models.ForeignKey(ExtraRole, models.PROTECT, related_name="holders", verbose_name=_("extra role"))

    class Meta:
        constraints = [one_at_a_time("extra_role_once_at_a_time", "person", "role")]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Application(models.Model):
    """A person applies for an extra role; somebody above decides."""

    person = models.ForeignKey(User, models.PROTECT, related_name="applications", verbose_name=_("person"))
    role = models.ForeignKey(
        ExtraRole, models.PROTECT, related_name="applications", verbose_name=_("extra role")
    )
    reason = models.TextField(_("why"))
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState, default=ApplicationState.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)

    objects = ApplicationQuerySet.as_manager()

    get_state_display = in_words("state", ApplicationState)

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                name="one_application_waits",
                condition=Q(state=ApplicationState.ASKED),
            ),
            models.CheckConstraint(
                name="application_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"

    def get_absolute_url(self) -> str:
        """Return the application's page."""
        return address_of("agents:application", self.pk)
