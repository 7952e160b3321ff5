"""People and places over REST."""
