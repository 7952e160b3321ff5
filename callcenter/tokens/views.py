"""The page of tokens: which there are, a new one, the end of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.pages import page_of
from callcenter.saving import attempt
from callcenter.tokens import services, use
from callcenter.tokens.forms import TokenForm
from callcenter.tokens.models import Token


@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    """List every token, the newest first."""
    require(request.user, "tokens.manage")
    now = timezone.now()
    page = page_of(Token.objects.for_list(), request.GET.get("page"))
    shown = [(token, token.state(now)) for token in page.rows]
    return render(request, "tokens/list.html", {"page": page, "shown": shown})


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the tokens that act for the person."""
    now = timezone.now()
    tokens = Token.objects.filter(person=request.user.pk).for_list()
    return render(request, "tokens/mine.html", {"shown": [(token, token.state(now)) for token in tokens]})


@require_GET
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how much a token asked for, to administrators and to whom it acts for."""
    tokens = Token.objects.visible_to(request.user).for_list()
    token = get_object_or_404(tokens, pk=pk)
    shown = use.of_token(token, today=use.today())
    context = {"token": token, "state": token.state(timezone.now()), "use": shown, "days": use.SHOWN_DAYS}
    return render(request, "tokens/use.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret stands on the page that answers, and nowhere else."""
    require(request.user, "tokens.manage")
    form = TokenForm(request.POST or None)
    made, status = attempt(
        form,
        lambda: services.make_token(actor=request.user, now=timezone.now(), **form.cleaned_data),
    )
    if made:
        token, secret = made
        return render(request, "tokens/made.html", {"token": token, "secret": secret})
    return render(request, "tokens/new.html", {"form": form}, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    require(request.user, "tokens.manage")
    token = get_object_or_404(Token, pk=pk)
    services.revoke_token(actor=request.user, token_id=token.pk, now=timezone.now())
    messages.success(request, _("%(token)s is revoked.") % {"token": token})
    return redirect("tokens:list")
