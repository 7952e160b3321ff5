"""Why a file cannot be read as a whole, in words that say how to mend it."""

from typing import Any

from django.utils.translation import gettext as _

from callcenter.errors import DomainError


def unreadable(why: Any, mend: Any = "") -> DomainError:
    """Return the refusal of a file that is no table of rows."""
    return DomainError(
        _("The file cannot be read: %(why)s.") % {"why": why},
        field="file",
        code="unreadable",
        mend=mend or _("Save it as XLSX, or as CSV in UTF-8."),
    )


def too_large(why: Any) -> DomainError:
    """Return the refusal of a spreadsheet that would not fit into memory."""
    return DomainError(
        why, field="file", code="too_large", mend=_("Save it as CSV, which may have any size.")
    )
