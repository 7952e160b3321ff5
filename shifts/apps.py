"""The app of rosters."""

from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """Shift patterns, rosters, cover, leave, swaps, attendance."""

    name = "shifts"
