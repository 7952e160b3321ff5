"""Whose rows somebody sees: their own, those of the people they lead, those of the sites they run, or all."""

from typing import Any

from django.db.models import Q

from callcenter.access import Role

WHOLE_CENTRE = (Role.GENERAL_AFFAIRS, Role.SERVICE_MANAGER, Role.EXECUTIVE)


def of_people(user: Any, field: str) -> Q:
    """Return the condition that the person in `field` is one whom `user` answers for today, or the user."""
    if user.holds(*WHOLE_CENTRE):
        return Q()
    mine = Q(**{field: user.pk}) | Q(**{f"{field}__site__in": user.site_ids})
    if user.led_team_ids:
        led = user.__class__.objects.filter(
            memberships__team__in=user.led_team_ids, memberships__period__contains=user.today
        )
        mine |= Q(**{f"{field}__in": led.values("pk")})
    return mine


def of_sites(user: Any, field: str) -> Q:
    """Return the condition that the site in `field` is one whose roster `user` works with: led, run, or all."""
    if user.holds(*WHOLE_CENTRE):
        return Q()
    mine = Q(**{f"{field}__in": user.site_ids})
    return mine | Q(**{field: user.site_id}) if user.led_team_ids else mine
