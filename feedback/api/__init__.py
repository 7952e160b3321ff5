"""Feedback over REST."""
