"""PDF from a Typst template below templates/documents/.

Data reaches the template as data and never as markup, so nothing that a person wrote can act in it. Takes about a quarter
of a second: call it outside every transaction.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from callcenter.templatetags.ui import dated, duration

TEMPLATES = settings.BASE_DIR / "templates" / "documents"
FONT_PACKAGES = settings.BASE_DIR / "node_modules" / "@expo-google-fonts"
WEIGHTS = ("400Regular", "700Bold")
# Where two scripts share a character, the first font says how it is drawn.
SIMPLIFIED, TRADITIONAL = "Noto Sans SC", "Noto Sans TC"
TYPE = {
    "en": {"lang": "en", "region": "GB", "fonts": [SIMPLIFIED, TRADITIONAL]},
    "zh-hans": {"lang": "zh", "region": "CN", "fonts": [SIMPLIFIED, TRADITIONAL]},
    "zh-hant": {"lang": "zh", "region": "TW", "fonts": [TRADITIONAL, SIMPLIFIED]},
}


def pdf(template: str, data: Mapping[str, Any], *, language: str, time_zone: str) -> bytes:
    """Return the PDF of `template` (“complaint” is complaint.typ) filled with `data`, in a language and a time zone.

    Datetimes, dates and lengths of time become words as on pages, with the year; translated texts are translated; numbers stay
    numbers, for the template to draw with. `printed_by` (a name) and `printed_at` (an instant) stand in the footer.
    """
    zone = ZoneInfo(time_zone)
    with translation.override(language), timezone.override(zone):
        filled = {**in_words(data), "type": TYPE.get(language, TYPE["en"]), "words": in_words(_words(data))}
    printed = typst.Compiler(
        input=TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(filled)},
    ).compile(format="pdf", timestamp=int(data["printed_at"].timestamp()))
    if not isinstance(printed, bytes):
        message = f"{template} has no page"
        raise TypeError(message)
    return printed


def in_words(value: Any) -> Any:
    """Return `value` ready for JSON, times in the active language and zone; a TypeError for what has no words."""
    match value:
        case date():
            return dated(value)
        case timedelta():
            return duration(value)
        case Promise():
            return str(value)
        case Mapping():
            return {str(key): in_words(item) for key, item in value.items()}
        case list() | tuple():
            return [in_words(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    message = f"a document cannot show {type(value).__name__}"
    raise TypeError(message)


def _words(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "page": _("Page {number} of {total}"),
        "printed": _("Printed by %(name)s, %(when)s")
        % {"name": data["printed_by"], "when": dated(data["printed_at"])},
    }


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of both scripts, looked up once for each process; a machine's own are not used."""
    folders = [
        FONT_PACKAGES / package / weight for package in ("noto-sans-sc", "noto-sans-tc") for weight in WEIGHTS
    ]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if len(fonts.fonts()) < len(folders):
        message = f"fonts are missing below {FONT_PACKAGES}; npm ci installs them"
        raise FileNotFoundError(message)
    return fonts
