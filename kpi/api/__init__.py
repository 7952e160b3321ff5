"""Key figures over REST."""
