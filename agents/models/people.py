"""The people of the centre: who they are and where they work. What is dated about them lies in dated.py beside this."""

from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agents.querysets import TeamQuerySet, UserManager
from callcenter.access import Role
from callcenter.addresses import address_of


class Region(models.Model):
    """A set of sites, changing over time, under one regional service manager."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A physical location with its own calendar and mail window (local times; 00:00 to 24:00 is always)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    calendar = models.ForeignKey("worktime.Calendar", models.PROTECT, verbose_name=_("calendar"))
    mail_opens = models.CharField(_("mail window opens"), max_length=5, default="07:30")
    mail_closes = models.CharField(_("mail window closes"), max_length=5, default="21:00")

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="site_mail_window",
                condition=Q(mail_opens__regex=r"^([01]\d|2[0-3]):[0-5]\d$")
                & Q(mail_closes__regex=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")
                & Q(mail_opens__lt=models.F("mail_closes")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """Answers employee feedback and publishes its scope: what it is responsible for."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    scope = models.TextField(_("scope"), help_text=_("What the department answers for."))

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """About twenty agents under one lead."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="teams", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ("site__name", "name")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="team_name_unique_at_site")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the team's page."""
        return address_of("agents:team", self.pk)


class User(AbstractBaseUser):
    """A person of the centre, known by a work number. What they may do follows from their dated roles."""

    work_number = models.CharField(_("work number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("email"), blank=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="people", verbose_name=_("site"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "work_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ("work_number",)
        indexes = [models.Index(fields=["site", "work_number"], name="user_by_site")]

    def __str__(self) -> str:
        return f"{self.name} {self.work_number}"

    def get_absolute_url(self) -> str:
        """Return the person's page."""
        return address_of("agents:person", self.pk)

    @property
    def time_zone(self) -> str:
        """Name the time zone of the person's site."""
        return self.site.calendar.time_zone

    @cached_property
    def today(self) -> date:
        """Return the current date at the person's site; rights hold for this day."""
        return self.day_at(timezone.now())

    def day_at(self, now: datetime) -> date:
        """Return the date at the person's site at an instant."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    @cached_property
    def grants(self) -> list[Any]:
        """Return the roles that hold today, with what they are limited to."""
        return list(self.role_grants.on(self.today))

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return the names of today's roles: those granted, and team lead for whoever leads a team today."""
        return self._granted | {Role.TEAM_LEAD.value} if self.led_team_ids else self._granted

    @cached_property
    def _granted(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, *roles: Role) -> bool:
        """Say whether the person holds one of these roles today; whether they lead a team is asked only where it matters."""
        return not self._granted.isdisjoint(roles) or (Role.TEAM_LEAD in roles and bool(self.led_team_ids))

    def holds_at(self, role: Role, site_id: int) -> bool:
        """Say whether the person holds `role` today for this site: as its supervisor, or as the manager of its region."""
        return site_id in self.sites_as(role)

    def sites_as(self, role: Role) -> list[int]:
        """Return the keys of the sites for which the person is supervisor, or manager of the region, today."""
        return self._region_site_ids if role == Role.REGIONAL_MANAGER else self._own_site_ids

    def sees(self, person: "User") -> bool:
        """Say whether this is one of those the person answers for; a page asks it once for every act it may offer."""
        if person.pk not in self._seen:
            self._seen[person.pk] = User.objects.visible_to(self).filter(pk=person.pk).exists()
        return self._seen[person.pk]

    @cached_property
    def _seen(self) -> dict[int, bool]:
        return {}

    @cached_property
    def site_ids(self) -> list[int]:
        """Return the keys of `sites`; what somebody sees is asked many times for one page, so it is looked up once."""
        return [*self._own_site_ids, *self._region_site_ids]

    @property
    def _own_site_ids(self) -> list[int]:
        return [grant.site_id for grant in self.grants if grant.role == Role.SUPERVISOR]

    @cached_property
    def _region_site_ids(self) -> list[int]:
        regions = [grant.region_id for grant in self.grants if grant.role == Role.REGIONAL_MANAGER]
        if not regions:
            return []
        in_regions = Q(regions__region__in=regions, regions__period__contains=self.today)
        return list(Site.objects.filter(in_regions).order_by().values_list("pk", flat=True))

    @property
    def sites(self) -> models.QuerySet[Site]:
        """Return the sites that the person supervises today, directly or through a region."""
        return Site.objects.filter(pk__in=self.site_ids)

    @cached_property
    def team_ids(self) -> list[int]:
        """Return the keys of the teams that the person is in today: one or none."""
        return list(self.memberships.on(self.today).values_list("team", flat=True))

    @cached_property
    def led_team_ids(self) -> list[int]:
        """Return the keys of `led_teams`."""
        return list(self.leaderships.on(self.today).values_list("team", flat=True))

    @property
    def led_teams(self) -> models.QuerySet[Team]:
        """Return the teams that the person leads today."""
        return Team.objects.filter(pk__in=self.led_team_ids)

    @property
    def departments(self) -> models.QuerySet[Department]:
        """Return the departments that the person answers for today."""
        owned = [grant.department_id for grant in self.grants if grant.role == Role.DEPARTMENT_OWNER]
        return Department.objects.filter(pk__in=owned)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say whether an active person may do `perm`; the rules lie in each app's rules.py."""
        return self.is_active and bool(rules.has_perm(perm, self, obj))
