"""What shifts are made of: patterns and rotations are made, renamed and retired. Their times never change."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Site
from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from shifts.models import Pattern, PatternBreak, Rotation, RotationDay

OFF = "-"


@transaction.atomic
def make_pattern(  # noqa: PLR0913 (a pattern has this many facts)
    *,
    actor: Actor,
    site: Site,
    code: str,
    name: str,
    begins: time,
    minutes: int,
    colour: int = 1,
    breaks: Sequence[dict[str, Any]] = (),
    now: datetime,
) -> Pattern:
    """Make a pattern with its breaks (dicts of PatternBreak's fields), which lie within it and do not touch each other."""
    require(actor, "shifts.plan", site)
    _check_breaks(minutes, breaks)
    with unless_taken("code", _("This code is taken at this site."), _("Choose another one.")):
        pattern = Pattern.objects.create(
            site=site, code=code.strip(), name=name.strip(), begins=begins, minutes=minutes, colour=colour
        )
    PatternBreak.objects.bulk_create(PatternBreak(pattern=pattern, **one) for one in breaks)
    facts = {"begins": begins.isoformat("minutes"), "minutes": minutes, "breaks": len(breaks)}
    log.record(actor, "pattern.made", pattern, now=now, **facts)
    return pattern


def _check_breaks(minutes: int, breaks: Sequence[dict[str, Any]]) -> None:
    ordered = sorted(breaks, key=lambda one: one["earliest"])
    for number, one in enumerate(ordered, start=1):
        if not one["earliest"] <= one["latest"] <= minutes - one["minutes"]:
            raise DomainError(
                _("Break %(number)s does not lie within the shift.") % {"number": number},
                field=f"latest_{number}",
                mend=_("Let it end before the shift does."),
            )
    for number, (one, following) in enumerate(pairwise(ordered), start=2):
        if one["latest"] + one["minutes"] > following["earliest"]:
            raise DomainError(
                _("Break %(number)s can begin before the one before it has ended.") % {"number": number},
                field=f"earliest_{number}",
                mend=_("Let it begin later."),
            )


@transaction.atomic
def rename_pattern(*, actor: Actor, pattern_id: int, name: str, colour: int, now: datetime) -> Pattern:
    """Change the name and the colour of a pattern."""
    pattern = Pattern.objects.select_for_update(of=("self",)).select_related("site").get(pk=pattern_id)
    require(actor, "shifts.plan", pattern.site)
    old = {"name": pattern.name, "colour": pattern.colour}
    pattern.name, pattern.colour = name, colour
    pattern.save(update_fields=["name", "colour"])
    log.record(actor, "pattern.renamed", pattern, now=now, old=old, new={"name": name, "colour": colour})
    return pattern


@transaction.atomic
def retire_pattern(*, actor: Actor, pattern_id: int, active: bool, now: datetime) -> Pattern:
    """Take a pattern out of use, or into it again; shifts by it stay as they are."""
    pattern = Pattern.objects.select_for_update(of=("self",)).select_related("site").get(pk=pattern_id)
    require(actor, "shifts.plan", pattern.site)
    pattern.is_active = active
    pattern.save(update_fields=["is_active"])
    log.record(actor, "pattern.taken_up" if active else "pattern.retired", pattern, now=now)
    return pattern


@transaction.atomic
def make_rotation(*, actor: Actor, site: Site, name: str, days: Sequence[str], now: datetime) -> Rotation:
    """Make a rotation of codes of the site's patterns; “-” is a day off."""
    require(actor, "shifts.plan", site)
    patterns = {one.code: one for one in Pattern.objects.filter(site=site, is_active=True)}
    unknown = sorted({code for code in days if code != OFF and code not in patterns})
    if unknown or not days:
        raise DomainError(
            _("There is no pattern %(codes)s at this site.") % {"codes": ", ".join(unknown) or "–"},
            field="days",
            mend=_("Use these: %(codes)s") % {"codes": ", ".join(sorted(patterns)) or "–"},
        )
    with unless_taken("name", _("This name is taken at this site."), _("Choose another one.")):
        rotation = Rotation.objects.create(site=site, name=name.strip())
    RotationDay.objects.bulk_create(
        RotationDay(rotation=rotation, position=position, pattern=patterns.get(code))
        for position, code in enumerate(days)
    )
    log.record(actor, "rotation.made", rotation, now=now, days=list(days))
    return rotation


@transaction.atomic
def retire_rotation(*, actor: Actor, rotation_id: int, now: datetime) -> Rotation:
    """Take a rotation out of use; what was filled by it stays."""
    rotation = Rotation.objects.select_for_update(of=("self",)).select_related("site").get(pk=rotation_id)
    require(actor, "shifts.plan", rotation.site)
    rotation.is_active = False
    rotation.save(update_fields=["is_active"])
    log.record(actor, "rotation.retired", rotation, now=now)
    return rotation
