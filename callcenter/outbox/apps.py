"""The outbox: every message is a row first."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages to people: by email and in the app."""

    name = "callcenter.outbox"
    label = "outbox"
