"""The frame's own pages: what a phone installs, and which keys there are."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

ICONS = {"any": ("192", "512"), "maskable": ("512",)}


@require_GET
def keyboard(request: HttpRequest) -> HttpResponse:
    """Show the keys that work everywhere."""
    return render(request, "keyboard.html")


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Answer the web app manifest, with which a phone installs the product."""
    icons = [
        {
            "src": static(f"ui/icon-{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for purpose, sizes in ICONS.items()
        for size in sizes
    ]
    facts = {
        "name": _("Harbour Desk"),
        "short_name": _("Harbour Desk"),
        "lang": get_language(),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f6f8",
        "theme_color": "#2a56c6",
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")
