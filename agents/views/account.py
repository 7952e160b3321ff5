"""A person's own account: password, second step, passkeys, sessions, language; and the way to the directory."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from agents import account, services


@require_GET
def account_home(request: HttpRequest) -> HttpResponse:
    """Show how this person signs in and where they are signed in."""
    context = {
        "methods": account.methods_of(request.user),
        "sessions": account.sessions_of(request.user, current=request.session.session_key),
    }
    return render(request, "account/home.html", context)


@login_not_required
def to_directory(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the company's directory; a directory that does not answer is said, not raised."""
    try:
        answer: HttpResponse = openid.login(request, provider_id)
    except OSError as trouble:
        get_adapter().on_authentication_error(request, provider_id, exception=trouble)
        return redirect("socialaccount_login_error")
    return answer


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of this person's sessions."""
    person = request.user
    services.end_session(actor=person, person=person, session_id=pk, now=timezone.now())
    messages.success(request, _("The session has ended."))
    return redirect("account_home")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign this person out everywhere but here."""
    person, here = request.user, request.session.session_key
    count = services.end_other_sessions(actor=person, person=person, keep=here, now=timezone.now())
    said = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("account_home")
