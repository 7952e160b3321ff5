"""What is true of people for a time: roles, membership, leadership, superiors, absence.

A period of dates is half-open: it begins on its first day and ends before its last. The database refuses
two at once, so that every past date has one answer.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agents.models.people import Department, Region, Site, Team, User
from agents.querysets import AbsenceQuerySet, DatedQuerySet
from callcenter.access import Role
from callcenter.choices import in_words


def one_at_a_time(name: str, *columns: str) -> ExclusionConstraint:
    """Return the constraint that of rows equal in `columns` one holds at a time."""
    same = [(column, RangeOperators.EQUAL) for column in columns]
    return ExclusionConstraint(name=name, expressions=[*same, ("period", RangeOperators.OVERLAPS)])


class Dated(models.Model):
    """A row that holds for a period of dates."""

    period = DateRangeField(_("period"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """Return the last day on which the row holds; None while no end is set."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def is_over(self, day: date) -> bool:
        """Say whether the row has ended by `day`."""
        return self.period.upper is not None and bool(self.period.upper <= day)


class RegionSite(Dated):
    """A site belongs to one region at a time."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="sites")
    site = models.ForeignKey(Site, models.PROTECT, related_name="regions")

    class Meta:
        constraints = [one_at_a_time("site_in_one_region", "site")]

    def __str__(self) -> str:
        return f"{self.site} in {self.region}"


class Membership(Dated):
    """A person belongs to one team at a time."""

    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [one_at_a_time("member_of_one_team", "person")]
        indexes = [models.Index(fields=["team"], name="members_of_team")]

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class Leadership(Dated):
    """A team has one lead at a time."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="leaderships")
    person = models.ForeignKey(User, models.PROTECT, related_name="leaderships")

    class Meta:
        constraints = [one_at_a_time("team_has_one_lead", "team")]

    def __str__(self) -> str:
        return f"{self.person} leads {self.team}"


class Superior(Dated):
    """A person's direct superior where it is not the lead of the team."""

    person = models.ForeignKey(User, models.PROTECT, related_name="superiors")
    superior = models.ForeignKey(User, models.PROTECT, related_name="subordinates")

    class Meta:
        constraints = [
            one_at_a_time("person_has_one_superior", "person"),
            models.CheckConstraint(name="nobody_is_own_superior", condition=~Q(person=F("superior"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} reports to {self.superior}"


class Absence(models.Model):
    """A person is away from an instant to another; the stand-in acts for them."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("person"))
    period = DateTimeRangeField(_("period"))
    stand_in = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="standing_in", verbose_name=_("stand-in")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("absent_once_at_a_time", "person"),
            models.CheckConstraint(
                name="nobody_stands_in_for_self",
                condition=Q(stand_in__isnull=True) | ~Q(person=F("stand_in")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away"


SCOPES = {Role.SUPERVISOR: "site", Role.REGIONAL_MANAGER: "region", Role.DEPARTMENT_OWNER: "department"}
"""What a role is limited to; the others hold for the whole centre."""


def _scope_fits() -> Q:
    fits = Q()
    for name in ("site", "region", "department"):
        scoped = [role for role, scope in SCOPES.items() if scope == name]
        fits &= Q(role__in=scoped, **{f"{name}__isnull": False}) | (
            ~Q(role__in=scoped) & Q(**{f"{name}__isnull": True})
        )
    return fits


class RoleGrant(Dated):
    """A person holds a role for a time, limited to a site, a region or a department where the role asks for it."""

    person = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="grants")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="grants")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="grants")

    get_role_display = in_words("role", Role)

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_scope_fits_role", condition=_scope_fits()),
            ExclusionConstraint(
                name="grant_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("site", 0), RangeOperators.EQUAL),
                    (Coalesce("region", 0), RangeOperators.EQUAL),
                    (Coalesce("department", 0), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["role"], name="grants_of_role")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"

    @property
    def scope(self) -> Site | Region | Department | None:
        """Return what the role is limited to; None is the whole centre."""
        return self.site or self.region or self.department
