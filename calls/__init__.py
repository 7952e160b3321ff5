"""Calls and customers: what came in from the telephone system, counted once."""
