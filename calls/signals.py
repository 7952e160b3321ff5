"""What the calls tell those who count them."""

from django.dispatch import Signal

calls_changed = Signal()
"""Sent within the transaction of a change: `site` (its id), `slots` (aware UTC datetimes, the half hours in which calls
entered the queue that were added, corrected or matched, those they were in before included)."""
