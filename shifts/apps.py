"""The app of rosters."""

from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """Shift patterns, rosters, cover, leave, swaps, attendance."""

    name = "shifts"

    def ready(self) -> None:
        """Listen to what happens to people."""
        import shifts.receivers  # noqa: F401, PLC0415 (models are ready only now)
