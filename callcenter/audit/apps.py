"""The audit: who did what to what, append-only."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only record of every act."""

    name = "callcenter.audit"
    label = "audit"
