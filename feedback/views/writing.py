"""Writing something under the own name, and what is on the board already of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from callcenter.access import require
from callcenter.saving import once
from feedback import selectors, services
from feedback.anonymity.cleaning import clean
from feedback.forms.submit import ItemForm
from feedback.models import Item

LONGEST_HINT = 2_000
"""So much of a text says what it is about."""


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an item; what was typed stays when something is wrong."""
    require(request.user, "feedback.submit")
    form = ItemForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    item, status = once(form, lambda: _submit(request, form))
    if item:
        if isinstance(item, Item):
            messages.success(request, _("%(reference)s is with those who answer it.") % {"reference": item})
        return redirect(item if isinstance(item, Item) else "feedback:list")
    return render(request, "feedback/new.html", {"form": form}, status=status)


def _submit(request: HttpRequest, form: ItemForm) -> Item:
    return services.submit_item(
        actor=request.user,
        wish=services.Wish(**form.facts()),
        files=[clean(upload) for upload in form.cleaned_data["files"]],
        now=timezone.now(),
    )


@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """Show what is public of what is being typed, and who answers such things. Nothing of it is kept."""
    require(request.user, "feedback.submit")
    text = f"{request.POST.get('subject', '')}\n{request.POST.get('text', '')}"[:LONGEST_HINT]
    found = selectors.hint(text, request.user)
    return render(request, "feedback/_hint.html", {"hint": found})
