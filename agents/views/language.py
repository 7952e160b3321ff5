"""The choice of a language."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from agents import services


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Choose a language: kept with the person, or in a cookie for a visitor."""
    language, after = request.POST.get("language", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(after if safe and after.startswith("/") else "/")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        if request.user.is_authenticated:
            services.set_language(
                actor=request.user, person=request.user, language=language, now=timezone.now()
            )
    return answer
