"""What a personal rule says, in words. Pure."""

from django.utils import dates
from django.utils.translation import gettext as _

from shifts.enums import WishKind

SENTENCES = {
    WishKind.DAY_OFF: lambda: (_("off on %(day)s"), _("off every day")),
    WishKind.DONE_BY: lambda: (_("finished by %(time)s on %(day)s"), _("finished by %(time)s every day")),
    WishKind.NOT_BEFORE: lambda: (_("not before %(time)s on %(day)s"), _("not before %(time)s every day")),
    WishKind.PATTERN: lambda: (_("pattern %(pattern)s on %(day)s"), _("pattern %(pattern)s every day")),
}


def words(kind: str, weekday: int | None, time: str, pattern: str) -> str:
    """Say a rule in the reader's language; `weekday` is 1 for Monday to 7, nothing for every day, `time` as 18:00."""
    on_one, on_all = SENTENCES[WishKind(kind)]()
    facts = {"day": dates.WEEKDAYS[weekday - 1] if weekday else "", "time": time, "pattern": pattern}
    return (on_one if weekday else on_all) % facts
