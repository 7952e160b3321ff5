"""What other apps may want to know of people, told in the transaction of the act itself."""

from django.dispatch import Signal

leaving = Signal()
"""Somebody's employment ends: `person`, `from_day` (the first day on which they no longer work here), `actor`, `now`."""
