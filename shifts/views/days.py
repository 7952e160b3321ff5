"""Days that an address names."""

from datetime import date

from django.utils.translation import gettext as _

from callcenter.errors import DomainError

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def asked_day(field: str, text: str, *, default: date) -> date:
    """Return the day of `text` (“2026-11-23”, or “2026-11” for the first of a month), `default` where it is empty."""
    if not text:
        return default
    try:
        found = date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError:
        found = date.min
    if not EARLIEST <= found < LATEST:
        raise DomainError(
            _("“%(text)s” is no day.") % {"text": text}, field=field, mend=_("Write it like 2026-11-23.")
        )
    return found
