"""What every form page shares: saving, or saying in the form why not."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.db import connection, transaction
from django.forms import Form
from django.http import HttpRequest

from callcenter.errors import DomainError

UNDO = "undo:"
SENT, KEPT = "form:{}", 60 * 60
"""Under which key, and for how many seconds, it is remembered that a form was saved."""


def attempt(form: Form, save: Callable[[], Any]) -> tuple[Any, int]:
    """Call `save` if the form is right; return what it made, None if nothing, and the HTTP status of the page.

    A refusal is written at the field that it names, or at the head of the form.
    """
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return save(), 200
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, f"{refusal.message} {refusal.mend}".strip())
        return None, refusal.status


def say_done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say what was done, on the next page; `undo` is the address that takes it back by POST."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def once(key: UUID | None, save: Callable[[], Any]) -> Any:
    """Call `save` in a transaction, once for all sendings of the form with this `key`; return None for a later one.

    A second sending waits until the first is through. What was refused may be sent again. Forms without a key are
    saved each time.
    """
    if key is None:
        return save()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
        if cache.get(SENT.format(key)):
            return None
        made = save()
        cache.set(SENT.format(key), 1, timeout=KEPT)
        return made
