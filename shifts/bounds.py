"""How large the numbers of planning may be; a greater one is a slip of the fingers."""

from decimal import Decimal
from typing import Final

MOST_CALLS: Final = Decimal(9_999)
"""Calls of a queue in a half hour."""
LONGEST_HANDLING: Final = 2 * 3600
"""Seconds for which one call is handled."""
MOST_HEADS: Final = 9_999
MOST_DAYS: Final = 92
"""Days of a forecast, of a computation, of a peak period."""
