"""The auto-roster's engine: no database, no clock."""
