"""The outbox: every message is a row first."""

from importlib import import_module

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages to people: by email and in the app."""

    name = "callcenter.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Register the start-up check."""
        import_module("callcenter.outbox.checks")
