"""The queue log of an Asterisk: read, understood as visits, brought in as a file or followed while it grows."""
