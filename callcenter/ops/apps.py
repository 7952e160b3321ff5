"""Keeping the product running: what needs two kernel packages at once."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Outbox, mailbox, notices, health."""

    name = "callcenter.ops"
    label = "ops"
