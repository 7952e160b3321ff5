"""Which column of a file holds which field. Pure."""

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.imports.kinds import Kind, bare


def guess(kind: Kind, header: Sequence[str]) -> list[str]:
    """Return for each column the field that its header names, "" if none; the first of two columns has it."""
    known = {bare(name): one.key for one in kind.fields for name in (one.key, str(one.label), *one.aliases)}
    columns: list[str] = []
    for name in header:
        key = known.get(bare(name), "")
        columns.append("" if key in columns else key)
    return columns


def signature(header: Sequence[str]) -> str:
    """Return what two headers have in common that name the same columns in the same order."""
    return hashlib.sha256("\x1f".join(map(bare, header)).encode()).hexdigest()


def check(kind: Kind, header: Sequence[str], columns: Sequence[str]) -> None:
    """Refuse columns that leave a required field out or hold one twice; DomainError names what is missing."""
    used: dict[str, str] = {}
    for name, key in zip(header, columns, strict=True):
        if key and key in used:
            raise DomainError(
                _("Two columns mean the same: “%(first)s” and “%(second)s”.")
                % {"first": used[key], "second": name},
                field="columns",
                code="columns",
                mend=_("Leave one of them out."),
            )
        used[key] = name
    if missing := kind.missing(used.keys()):
        raise DomainError(
            _("Columns are missing: %(missing)s. Found: %(found)s.")
            % {"missing": ", ".join(missing), "found": ", ".join(name for name in header if name)},
            field="columns",
            code="columns",
            mend=_("Choose which column holds it, or add it to the file."),
        )


def unused(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return the headers of the columns that hold nothing we use; that our own file of refused rows adds is no news."""
    pairs = zip(header, columns, strict=False)
    return [name for name, key in pairs if name and not key and name != _("Problem")]
