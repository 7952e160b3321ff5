"""What happens to calls has to be counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from calls.signals import calls_are_in, calls_changed
from kpi.services import rollups


@receiver(calls_changed)
def mark_changed(*, site: int, slots: Iterable[datetime], **_more: Any) -> None:
    """Mark the half hours, to be counted anew soon after the transaction."""
    rollups.mark(site, slots)


@receiver(calls_are_in)
def count_what_is_marked(**_more: Any) -> None:
    """Have what is marked counted right after the transaction."""
    rollups.count_at_once()
