"""Simplified Chinese: thousands with a comma; Django groups by four digits, and with nothing."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
