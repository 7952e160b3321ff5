"""What the form pages of calendars and policies share."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from callcenter.saving import attempt


def save(form: Form, deed: Callable[[], Any]) -> int:
    """Do the deed if the form is right; return the status of a page that shows the form (again)."""
    _made, status = attempt(form, deed)
    return HTTPStatus.UNPROCESSABLE_ENTITY if status == HTTPStatus.BAD_REQUEST else status


def ask(
    request: HttpRequest, form: Form, deed: Callable[[], Any], *, done: str, back: str, **words: Any
) -> HttpResponse:
    """Show the form on a page of its own; once it is right, do the deed, say so and go `back`."""
    status = save(form, deed)
    if form.is_bound and not form.errors:
        messages.success(request, done)
        return redirect(back)
    return render(request, "ops/form.html", {"form": form, "back": back, **words}, status=status)
