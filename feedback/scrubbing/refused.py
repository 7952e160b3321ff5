"""Why a file is refused."""

REASONS = ("kind", "damaged", "large", "active")
"""No kind that is taken; broken or locked; too large once unpacked; carries programs or other files."""


class Refused(ValueError):
    """The file cannot be cleaned; the argument is one of REASONS."""
