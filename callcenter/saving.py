"""What every form page shares: saving, or saying in the form why not."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.db import connection, transaction
from django.forms import Form
from django.http import HttpRequest

from callcenter.errors import DomainError

UNDO = "undo:"
KEPT = 60 * 60
"""For how many seconds it is remembered that a form was saved."""


def attempt(form: Form, save: Callable[[], Any]) -> tuple[Any, int]:
    """Call `save` if the form is right; return what it made, None if nothing, and the HTTP status of the page.

    A refusal is written at the field that it names, or at the head of the form; the page then begins at the first
    field that is wrong.
    """
    if not form.is_bound:
        return None, 200
    made, status = _save(form, save)
    if form.errors:
        _begin_at_first_error(form)
    return made, status


def _save(form: Form, save: Callable[[], Any]) -> tuple[Any, int]:
    if not form.is_valid():
        return None, 422
    try:
        return save(), 200
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, f"{refusal.message} {refusal.mend}".strip())
        return None, refusal.status


def _begin_at_first_error(form: Form) -> None:
    wrong = next((name for name in form.fields if name in form.errors), None)
    for name, field in form.fields.items() if wrong else ():
        field.widget.attrs["autofocus"] = name == wrong


def say_done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say what was done, on the next page; `undo` is the address that takes it back by POST."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def once(form: Form, save: Callable[[], Any]) -> tuple[Any, int]:
    """`attempt`, once for all sendings of a form with a field `form_key`: a later one saves nothing and returns True.

    A second sending waits until the first is through. What was refused may be sent again.
    """
    key = form.data.get("form_key", "")
    if not key:
        return attempt(form, save)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        name = f"form:{blake2b(key.encode(), digest_size=16).hexdigest()}"
        if cache.get(name):
            return True, 200
        made, status = attempt(form, save)
        if made:
            cache.set(name, 1, timeout=KEPT)
        return made, status
