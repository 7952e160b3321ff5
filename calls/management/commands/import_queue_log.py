"""Bring in a queue log, or a dump of its table."""

from calls.management.commands import import_calls


class Command(import_calls.Command):
    """`manage.py import_queue_log FILE`: the log itself, or a CSV of the table with `--time-zone`."""

    help = "Bring in a queue log of an Asterisk, or with --time-zone a CSV of its realtime table."
    kind = "queue_log"
