"""Pages of the bulletin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.pages import page_of
from callcenter.saving import attempt
from floor import selectors, services
from floor.forms import PostForm, WithdrawForm
from floor.lists import PostList
from floor.models import Post

WHO = {
    "unread": lambda people: people.filter(read_at=None),
    "read": lambda people: people.exclude(read_at=None).order_by("read_at", "pk"),
}


@require_GET
def post_list(request: HttpRequest) -> Answer:
    """List what is for the person, and how much of it they must still read."""
    waiting = SimpleLazyObject(lambda: Post.objects.waiting_for(request.user).count())
    return show(request, PostList(), "floor/list.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a post, in the side panel or on a page of its own."""
    require(request.user, "floor.publish")
    form = PostForm(request.POST or None, author=request.user)
    given = {"actor": request.user, "author": request.user, "now": timezone.now()}
    made, status = attempt(form, lambda: services.publish_post(**given, **form.given))
    if made:
        messages.success(request, _("%(reference)s is on the bulletin.") % {"reference": made})
        return redirect(made)
    return render(request, "floor/new.html", {"form": form}, status=status)


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a post; that it was opened is noted nowhere."""
    found = _visible(request, pk)
    now = timezone.now()
    context = {
        "post": found,
        "standing": selectors.standing(found, now=now),
        "is_addressed": request.user.has_perm("floor.mark_read", found),
    }
    return render(request, "floor/post.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the person's word that they have read it."""
    found = _visible(request, pk)
    services.mark_read(actor=request.user, post_id=found.pk, now=timezone.now())
    messages.success(request, _("Noted: you have read %(reference)s.") % {"reference": found})
    return redirect(found)


@require_GET
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has read it and who has not (`?show=read`), as far as this person may know."""
    found = _visible(request, pk)
    require(request.user, "floor.see_readers", found)
    shown = request.GET.get("show", "")
    shown = shown if shown in WHO else "unread"
    people = WHO[shown](selectors.readers(found, request.user, now=timezone.now()))
    page = page_of(people, request.GET.get("page"))
    return render(request, "floor/readers.html", {"post": found, "page": page, "shown": shown})


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post off the bulletin, with the reason."""
    found = _visible(request, pk)
    if request.method == "GET":
        require(request.user, "floor.withdraw", found)
    form = WithdrawForm(request.POST or None)
    given = {"actor": request.user, "post_id": found.pk, "now": timezone.now()}
    withdrawn, status = attempt(form, lambda: services.withdraw_post(**given, **form.cleaned_data))
    if withdrawn:
        messages.success(request, _("%(reference)s is withdrawn.") % {"reference": found})
        return redirect(found)
    return render(request, "floor/withdraw.html", {"post": found, "form": form}, status=status)


def _visible(request: HttpRequest, pk: int) -> Any:
    """Return the post as a row of the list; one that the person does not see is not there."""
    seen = Post.objects.visible_to(request.user).for_list(request.user)
    return get_object_or_404(seen.select_related("withdrawn_by"), pk=pk)
