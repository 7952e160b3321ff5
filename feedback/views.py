"""Pages of employee feedback."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import Role, require
from callcenter.errors import DomainError
from callcenter.lists.show import Answer, show
from feedback import selectors, services
from feedback.enums import Addressee, Kind
from feedback.forms import AnswerForm, ItemForm
from feedback.lists import ItemList
from feedback.models import Item


@require_GET
def item_list(request: HttpRequest) -> Answer:
    """Show the person's own items and, to owners of a department, what it has to answer and has answered."""
    owner = request.user.holds(Role.DEPARTMENT_OWNER)
    standing = SimpleLazyObject(
        lambda: selectors.standing(request.user, now=timezone.now()) if owner else None
    )
    return show(request, ItemList(), "feedback/list.html", {"standing": standing, "owner": owner})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an item; what was typed stays when something is wrong."""
    require(request.user, "feedback.submit")
    form = ItemForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            item = services.submit_item(
                actor=request.user,
                wish=services.Wish(
                    kind=Kind.QUESTION, addressee=Addressee.DEPARTMENT, **form.cleaned_data
                ),
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field, f"{refusal.message} {refusal.mend}")
            status = refusal.status
        else:
            messages.success(request, _("%(reference)s is with its department.") % {"reference": item})
            return redirect(item)
    return render(request, "feedback/new.html", {"form": form}, status=status)


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show one item, its deadline and its answer."""
    return _detail(request, number, AnswerForm())


def _detail(request: HttpRequest, number: str, form: AnswerForm, status: int = 200) -> HttpResponse:
    visible = Item.objects.visible_to(request.user).for_list()
    item = get_object_or_404(visible.select_related("policy"), number=number)
    selectors.with_time_left([item], now=timezone.now())
    context = {"item": item, "form": form, "talk": selectors.talk(item)}
    return render(request, "feedback/detail.html", context, status=status)


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the item."""
    item = get_object_or_404(Item.objects.visible_to(request.user), number=number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, number, form, status=422)
    services.answer_item(actor=request.user, item_id=item.pk, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("%(reference)s is answered.") % {"reference": item})
    return redirect(item)
