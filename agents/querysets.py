"""Rows that hold on a day, and the people somebody may see."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from agents.enums import IN_FORCE, ConductKind, ConductState
from callcenter.access import Role

SEES_EVERYBODY = (Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.GENERAL_AFFAIRS)

# Those who report to some people on a day, directly or not, and these themselves: by the superior set by hand, else as
# members of the team that somebody leads (domain §1).
AND_BELOW = """
WITH RECURSIVE below(person) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT report.person FROM below CROSS JOIN LATERAL (
        SELECT s.person_id AS person FROM agents_superior s
         WHERE s.superior_id = below.person AND s.period @> %s::date
        UNION ALL
        SELECT m.person_id FROM agents_leadership l
          JOIN agents_membership m ON m.team_id = l.team_id AND m.period @> %s::date
         WHERE l.person_id = below.person AND l.period @> %s::date
           AND NOT EXISTS (SELECT FROM agents_superior s WHERE s.person_id = m.person_id AND s.period @> %s::date)
    ) report
)
SELECT person FROM below
"""


def _and_below(people: list[int], day: date) -> RawSQL:
    return RawSQL(AND_BELOW, [people, day, day, day, day])  # noqa: S611 (our own SQL with parameters)


def _seen_by(model: Any, user: Any) -> Q:
    """Return the condition that `person` is one whose record `user` may open."""
    people = model._meta.get_field("person").related_model
    return Q(person__in=people.objects.visible_to(user))


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a `period` of dates."""

    def on(self, day: date) -> Self:
        """Return the rows that hold on `day`."""
        return self.filter(period__contains=day)

    def not_over(self, day: date) -> Self:
        """Return the rows that hold on `day` or will."""
        return self.filter(Q(period__endswith__gt=day) | Q(period__upper_inf=True))

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the people whose record `user` may open, where the rows are of a `person`."""
        return self.filter(_seen_by(self.model, user))


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications for extra roles."""

    def visible_to(self, user: Any) -> Self:
        """Return the own ones, and those of the people whose record `user` may open."""
        return self.filter(_seen_by(self.model, user))


class AbsenceQuerySet(models.QuerySet[Any]):
    """Absences, whose `period` is of instants."""

    def at(self, instant: datetime) -> Self:
        """Return the absences that cover `instant`."""
        return self.filter(period__contains=instant)

    def not_over(self, instant: datetime) -> Self:
        """Return the absences that cover `instant` or are to come."""
        return self.filter(period__endswith__gt=instant)


class TeamQuerySet(models.QuerySet[Any]):
    """Teams."""

    def visible_to(self, user: Any) -> Self:
        """Return the teams whose page `user` may open: the house's, the region's, the site's, those led."""
        if user.holds(*SEES_EVERYBODY):
            return self
        return self.filter(Q(site__in=user.site_ids) | Q(pk__in=user.led_team_ids))


class UserQuerySet(models.QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> Self:
        """Return the people whose record `user` may open (domain §1): the house's, the region's, the site's, the own."""
        if user.holds(*SEES_EVERYBODY):
            return self
        mine = Q(pk=user.pk) | Q(site__in=user.site_ids)
        if user.led_team_ids:
            led = Q(memberships__team__in=user.led_team_ids, memberships__period__contains=user.today)
            mine |= Q(pk__in=self.model._base_manager.filter(led).values("pk"))
        return self.filter(mine)

    def below(self, superiors: list[int], day: date) -> Self:
        """Return the people who report to one of `superiors` on `day`, directly or not."""
        return self.filter(pk__in=_and_below(superiors, day)).exclude(pk__in=superiors)


class ConductQuerySet(models.QuerySet[Any]):
    """Conduct records."""

    def concerning(self, user: Any) -> Self:
        """Return what was opened about the person, alone or jointly."""
        return self.filter(Q(person=user) | Q(joint_person=user), opened_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Return what the person recorded, what was opened about them or those who report to them; managers see all.

        Nobody sees a draft about themself.
        """
        if user.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
            about = Q(person=user) | Q(joint_person=user)
            return self.exclude(about, opened_at=None)
        theirs = Q(person__in=_and_below([user.pk], user.today)) | Q(joint_person=user)
        return self.filter(Q(recorded_by=user) | (theirs & Q(opened_at__isnull=False)))

    def in_force(self) -> Self:
        """Return the penalties that count."""
        return self.filter(kind=ConductKind.PENALTY, state__in=IN_FORCE)

    def settled(self, now: datetime) -> Self:
        """Return what nothing can change any more and what holds, as ConductRecord.is_settled says of one."""
        over = Q(state=ConductState.FINAL) & (Q(appeal_until=None) | Q(appeal_until__lte=now))
        return self.filter(over | Q(state=ConductState.UPHELD))

    def reply_over(self, now: datetime) -> Self:
        """Return the records whose time for a reply has ended, the longest over first."""
        return self.filter(state=ConductState.REPLY_OPEN, reply_until__lte=now).order_by("reply_until", "pk")

    def for_list(self) -> Self:
        """Return the rows of a list with their names."""
        return self.select_related("person__site", "joint_person", "rule", "recorded_by")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by work number; makes them through agents.services only."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Return the person with this work number."""
        return self.select_related("site__calendar").get(work_number=username)
