"""Pages of personal rules: the list, asking for one, and what may be done with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.enums import WishState
from shifts.forms.wishes import WishForm
from shifts.lists.wishes import WishList
from shifts.models import Wish
from shifts.services import wishes as services


@dataclass(frozen=True)
class Deed:
    """Something that may be done with a rule: its words, the question, the service, what is said afterwards."""

    label: Promise
    question: Promise
    service: Callable[..., Any]
    icon: str
    done: Promise


DEEDS = {
    "agree": Deed(
        gettext_lazy("Agree"),
        gettext_lazy("Rosters made from now on honour it where cover allows."),
        services.agree_wish,
        "ok",
        gettext_lazy("Agreed; the person is told."),
    ),
    "refuse": Deed(
        gettext_lazy("Refuse"),
        gettext_lazy("Rosters do not look at it, and the person is told."),
        services.refuse_wish,
        "x",
        gettext_lazy("Refused; the person is told."),
    ),
    "end": Deed(
        gettext_lazy("End"),
        gettext_lazy("Rosters made from now on do not look at it any more."),
        services.end_wish,
        "x",
        gettext_lazy("The rule has ended."),
    ),
}


@require_GET
def wish_list(request: HttpRequest) -> Answer:
    """List the personal rules that the person sees."""
    return show(request, WishList(), "shifts/wishes.html")


@require_http_methods(["GET", "POST"])
def new_wish(request: HttpRequest) -> HttpResponse:
    """Ask for a personal rule."""
    person, now = request.user, timezone.now()
    form = WishForm(request.POST or None, person=person)

    def ask() -> Wish:
        rule = services.Rule(**form.rule)
        return services.ask_wish(actor=person, person=person, rule=rule, now=now, **form.given)

    wish, status = attempt(form, ask)
    if wish:
        say_done(request, _("Asked for; whoever decides is told."))
        return redirect("shifts:wishes")
    return render(request, "shifts/wish_new.html", {"form": form}, status=status)


@require_GET
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a rule, and what may be done with it."""
    row = _visible(request, pk)
    return render(request, "shifts/wish.html", {"wish": row, "deeds": list(_deeds(request.user, row))})


@require_POST
def wish_deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of DEEDS."""
    row = _visible(request, pk)
    if name not in DEEDS:
        raise Http404
    DEEDS[name].service(actor=request.user, wish_id=row.pk, now=timezone.now())
    say_done(request, str(DEEDS[name].done))
    return redirect("shifts:wishes")


def _visible(request: HttpRequest, pk: int) -> Wish:
    seen = Wish.objects.visible_to(request.user).select_related("person__site", "pattern", "decided_by")
    row: Wish = get_object_or_404(seen, pk=pk)
    return row


def _deeds(user: Any, row: Wish) -> Iterator[tuple[str, Deed]]:
    decides, is_own = user.has_perm("shifts.decide", row.person), user.has_perm("shifts.ask", row.person)
    is_over = row.last_day is not None and row.last_day < user.today
    if decides and row.state == WishState.ASKED:
        yield "agree", DEEDS["agree"]
        yield "refuse", DEEDS["refuse"]
    ends = is_own or (decides and row.state == WishState.AGREED)
    if ends and row.state != WishState.REFUSED and not is_over:
        yield "end", DEEDS["end"]
