"""What happens to calls has to be counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from calls.signals import calls_changed
from kpi.services import rollups


@receiver(calls_changed)
def mark_changed(*, site: int, slots: Iterable[datetime], **_more: Any) -> None:
    """Mark the half hours, to be counted anew right after the transaction."""
    rollups.mark(site, slots)
