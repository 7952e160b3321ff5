"""What the leaders see: the report of every week, and its figures over longer periods."""
