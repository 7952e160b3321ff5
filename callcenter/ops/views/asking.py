"""What the form pages of calendars and policies share."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from callcenter.saving import attempt


def ask(
    request: HttpRequest, form: Form, deed: Callable[[], Any], *, done: str, back: str, **words: Any
) -> HttpResponse:
    """Show the form in the side panel or on a page; once it is right, do the deed, say so and go `back`."""
    _made, status = attempt(form, deed)
    if status == HTTPStatus.BAD_REQUEST:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_bound and not form.errors:
        messages.success(request, done)
        return redirect(back)
    return render(request, "ops/form.html", {"form": form, "back": back, **words}, status=status)
