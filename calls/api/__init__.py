"""Calls over REST."""
