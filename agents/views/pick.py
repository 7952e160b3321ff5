"""The choice of the place that somebody works with."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from agents.in_frame import places
from callcenter.navigation import obeys_place
from callcenter.place import Place


@require_POST
def pick_place(request: HttpRequest) -> HttpResponse:
    """Remember a site or team of the person's own (what is gone falls back to its site, or to everywhere) and go back."""
    place = Place.parse(request.POST.get("place", "")).among(places(request.user))
    answer = HttpResponseRedirect(_back_to(request, place))
    place.remember(answer)
    return answer


def _back_to(request: HttpRequest, place: Place) -> str:
    """Return the address to go back to; a list's then names the place."""
    after = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    if not (safe and after.startswith("/")):
        return "/"
    page = urlsplit(after)
    if not obeys_place(page.path):
        return after
    query = QueryDict(page.query, mutable=True)
    for name, value in (("page", ""), ("site", place.site), ("team", place.team)):
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{page.path}?{query.urlencode()}" if query else page.path
