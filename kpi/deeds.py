"""What may be done with a thing of assessment, as its page offers it and its own page asks for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from callcenter.access import require
from callcenter.saving import attempt, say_done


class ConfirmForm(Form):
    """Nothing to type."""


@dataclass(frozen=True)
class Deed:
    """A deed: its words, who may, when it follows, what is asked, and the service that does it.

    `about` says of what the right is asked; `ready` tells why it cannot be done just now, nothing if it can.
    """

    label: Promise
    question: Promise
    done: Promise
    permission: str
    follows: Callable[[Any], bool]
    service: Callable[..., Any]
    icon: str
    form: Callable[..., Form] = ConfirmForm
    about: Callable[[Any], Any] = lambda thing: thing
    ready: Callable[[Any, datetime], str] = lambda _thing, _now: ""
    primary: bool = False


Deeds = Mapping[str, Deed]


def offered(user: Any, thing: Any, deeds: Deeds) -> Iterator[tuple[str, Deed, str]]:
    """Yield what the user may do with the thing as it stands: name, deed, and why not just now."""
    now = timezone.now()
    for name, deed in deeds.items():
        if deed.follows(thing) and user.has_perm(deed.permission, deed.about(thing)):
            yield name, deed, deed.ready(thing, now)


def deed_page(request: HttpRequest, thing: Any, name: str, deeds: Deeds, key: str) -> HttpResponse:
    """Ask for a deed in the side panel or on a page, and do it; the service gets the thing's number under `key`."""
    if name not in deeds:
        raise Http404
    deed = deeds[name]
    require(request.user, deed.permission, deed.about(thing))
    form = deed.form(request.POST if request.method == "POST" else None)
    given = {"actor": request.user, key: thing.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: deed.service(**given, **form.cleaned_data))
    if done:
        say_done(request, str(deed.done))
        return redirect(thing)
    return render(request, "kpi/deed.html", {"thing": thing, "deed": deed, "form": form}, status=status)
