"""The page of the search, and the list below its box while one types."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from callcenter.http import render_page
from callcenter.search import selectors


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what the words find among the things that this person may see."""
    words = selectors.clean(request.GET.get("q", ""))
    found = selectors.find(request.user, words, now=timezone.now())
    return render_page(request, "search/search.html", "search/_found.html", {"words": words, "found": found})
