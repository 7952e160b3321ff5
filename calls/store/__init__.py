"""Calls into their tables in sets: COPY into a stage, then a few statements. Services call it in a transaction."""

from calls.store.names import match
from calls.store.settle import Place, Stored, lock, settle
from calls.store.stage import Lines

__all__ = ["Lines", "Place", "Stored", "lock", "match", "settle"]
