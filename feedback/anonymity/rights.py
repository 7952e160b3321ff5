"""What a signed-in browser asks for: how many rights to write without a name are left, and blind signatures."""

import binascii
import json
from base64 import b64decode, b64encode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.errors import DomainError
from feedback.anonymity import issuing, keys


@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """Say how writing without a name works, and what this browser holds of it."""
    left = issuing.allowance(request.user, now=timezone.now())
    return render(request, "feedback/rights.html", {"left": left})


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> JsonResponse:
    """Answer what may be fetched; sign what was blinded."""
    now = timezone.now()
    if request.method == "GET":
        keys.current_key(now=now)
        left = issuing.allowance(request.user, now=now)
        return JsonResponse({"period": left.period, "left": left.left, "ahead": left.ahead})
    try:
        asked = json.loads(request.body)
        period, blinded = str(asked["period"]), [b64decode(one, validate=True) for one in asked["blinded"]]
    except (ValueError, KeyError, TypeError, binascii.Error):
        refusal = DomainError(_("This cannot be read."), field="blinded")
        return JsonResponse({"errors": [refusal.as_dict()]}, status=400)
    try:
        signed = issuing.issue_tokens(actor=request.user, period=period, blinded=blinded, now=now)
    except DomainError as refusal:
        return JsonResponse({"errors": [refusal.as_dict()]}, status=refusal.status)
    return JsonResponse({"signed": [b64encode(one).decode() for one in signed]})
