"""Which site a command means."""

from django.core.management.base import CommandError

from agents.models import Site


def site_of(code: str | None) -> Site:
    """Return the site of this code, without one the first. CommandError if there is none."""
    sites = Site.objects.select_related("calendar").order_by("id")
    site = sites.filter(code=code).first() if code else sites.first()
    if site is None:
        known = (
            ", ".join(sites.values_list("code", flat=True)) or "none yet; make one on the page People, Places"
        )
        message = f"There is no site {code}. Sites: {known}." if code else f"Sites: {known}."
        raise CommandError(message)
    return site
