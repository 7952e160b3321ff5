"""Assessments of the last month begin by themselves, so that none is forgotten: as previews, which nobody sees but who makes them."""

import logging
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from agents.models import Site
from callcenter.errors import DomainError
from kpi import months
from kpi.models import Assessment, Scheme
from kpi.selectors import assessing
from kpi.services.assessments import begin_month

logger = logging.getLogger(__name__)


def begin_due(*, now: datetime) -> int:
    """Compute what is due and not computed yet, one month of a role and site after the other; return how many began.

    What fails, or is cut off, is still due at the next sweep; the database has each once, whoever else computes it.
    """
    begun = 0
    for site, role, month in _due(now):
        try:
            begun += begin_month(site=site, role=role, month=month, now=now) is not None
        except DomainError as refusal:
            logger.warning("The assessment %s of %s at %s waits: %s", month, role, site, refusal.message)
    return begun


def _due(now: datetime) -> Iterator[tuple[Site, str, date]]:
    """Yield site, role and month wherever somebody had a role with a scheme and nobody has computed the month."""
    for site in Site.objects.select_related("calendar").order_by("pk"):
        today = now.astimezone(ZoneInfo(site.calendar.time_zone)).date()
        if today.day < settings.ASSESSMENT_DAY:
            continue
        month = months.after(today, -1)
        begun = Assessment.objects.filter(site=site, month=month).values("role")
        for scheme in Scheme.objects.on(month).exclude(role__in=begun).order_by("role"):
            if assessing.people(scheme.role, [site], month):
                yield site, scheme.role, month
