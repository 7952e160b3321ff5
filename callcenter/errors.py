"""What the house refuses, with the HTTP status it means and how to mend it."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule refused what was asked; nothing was changed.

    `message` says what is wrong, `field` which input, `mend` what to do about it; `code` is stable for machines.
    """

    status = 400
    code = "invalid"

    def __init__(
        self, message: Any, *, code: str | None = None, field: str | None = None, mend: Any = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.mend = mend

    def as_dict(self) -> dict[str, str | None]:
        """Return the one error shape of the REST API."""
        return {"field": self.field, "code": self.code, "message": str(self.message), "mend": str(self.mend)}


class NotAllowed(DomainError):
    """The actor may not do this."""

    status = 403
    code = "not_allowed"

    def __init__(self, message: Any = _("You may not do this."), **kwargs: Any) -> None:
        super().__init__(message, **kwargs)


class NotFound(DomainError):
    """It does not exist, or not for this actor."""

    status = 404
    code = "not_found"


class Conflict(DomainError):
    """Its present state does not allow it."""

    status = 409
    code = "conflict"
