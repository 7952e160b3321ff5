"""Addresses that are served to nobody in particular: no cookie, no session, no account, no line in a log."""

PREFIX = "/unnamed/"
"""Everything below this address; whatever stands before the product must not log it either (docs/anonymity.md)."""
