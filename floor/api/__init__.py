"""The bulletin over REST."""
