"""The pages of those who write without a name. Nothing here knows a session or an account (callcenter.unnamed)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from callcenter.errors import Conflict, DomainError
from feedback import selectors
from feedback.anonymity import blind, intake, receipts
from feedback.anonymity.cleaning import LARGEST, clean
from feedback.anonymity.forms import ClaimForm, ConfirmForm, DisputeForm, UnnamedForm, WordForm
from feedback.anonymity.uploads import InMemory
from feedback.enums import Intake, Status
from feedback.models import Item, SigningKey
from feedback.services import check_wish

SCHEME = "PrivateToken token="
MOST_BYTES = LARGEST + (4 << 20)
"""Of one request, all files together."""


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Show the page on which one writes; it is the same for everybody."""
    return render(request, "feedback/unnamed/new.html", {"form": UnnamedForm()})


@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the page on which one follows up, with the receipt."""
    return render(request, "feedback/unnamed/receipt.html", {"work": receipts.WORK})


@require_GET
def published_keys(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (Django's signature)
    """Publish every key there was: a browser that fetches them here cannot be given one of its own."""
    keys = SigningKey.objects.order_by("opens_on")
    listed = [
        {
            "period": key.period,
            "key": urlsafe_b64encode(bytes(key.public)).decode(),
            "opens_on": key.opens_on,
            "closes_on": key.closes_on,
            "taken_until": key.taken_until,
        }
        for key in keys
    ]
    return JsonResponse({"token_type": 2, "keys": listed})


@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Take an item in for one token. The token comes first: junk is refused before anything of it is read."""
    now = timezone.now()
    key, token = _token(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise DomainError(
            _("This is too much at once."), field="files", mend=_("Send smaller files, or fewer.")
        )
    intake.need_unspent(token)
    request.upload_handlers = [InMemory(request)]
    form = UnnamedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _wrong(form)
    code = receipts.read(request.POST.get("code", ""))
    wish = form.wish()
    check_wish(wish, now=now)
    said = {
        "kind": wish.kind,
        "addressee": wish.addressee,
        "category": wish.category,
        "subject": wish.subject,
        "text": wish.text,
        "department": wish.department.pk if wish.department else None,
        "site": wish.site.pk if wish.site else None,
        "receipt": receipts.kept(code).hex(),
    }
    files = [clean(upload) for upload in form.cleaned_data["files"]]
    intake.put(intake.Slip(Intake.ITEM, said, files, key), token=token, now=now)
    return JsonResponse({"message": _("It waits to be handed over with the next batch.")}, status=202)


def _token(request: HttpRequest) -> tuple[int, blind.Token]:
    """Return the signing key and the token that the request carries, or refuse it without a second look."""
    written = request.META.get("HTTP_AUTHORIZATION", "").removeprefix(SCHEME).strip('"')
    try:
        return intake.check_token(urlsafe_b64decode(written), now=timezone.now())
    except ValueError as error:
        refusal = DomainError(
            _("There is no valid right to write without your name with this."),
            code="token",
            mend=_("Sign in and fetch one on the feedback page."),
        )
        refusal.status = 401
        raise refusal from error


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Show what became of the item of a receipt; nothing notes that somebody looked."""
    item = _found(request)
    context = {
        "item": item,
        "talk": selectors.talk(item),
        "suggestion": getattr(item, "suggestion", None),
        "claimed": hasattr(item, "claim"),
        "may_say": item.status != Status.CLOSED,
        "may_judge": item.status == Status.ANSWERED,
        "word_form": WordForm(),
        "confirm_form": ConfirmForm(),
        "dispute_form": DisputeForm(),
        "claim_form": ClaimForm(),
    }
    return render(request, "feedback/unnamed/_item.html", context)


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Take in a word of the author."""
    return _take_in(request, WordForm, Intake.WORD, _need_open, lambda form: form.cleaned_data)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take in that the author accepts the answer."""
    return _take_in(request, ConfirmForm, Intake.CONFIRMATION, _need_answer, _survey)


@require_POST
def dispute(request: HttpRequest) -> HttpResponse:
    """Take in why the answer will not do."""
    return _take_in(request, DisputeForm, Intake.DISPUTE, _need_answer, lambda form: form.cleaned_data)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Take in who claims the reward of a suggestion, and gives up anonymity with it."""
    return _take_in(request, ClaimForm, Intake.CLAIM, _need_reward, lambda form: form.cleaned_data)


def _survey(form: Any) -> dict[str, Any]:
    found = form.survey()
    names = ("expected_days", "expected_quality", "found_quality", "satisfied")
    return {"survey": {name: getattr(found, name) for name in names} if found else None}


def _take_in(
    request: HttpRequest,
    form_class: type[forms.Form],
    what: Intake,
    need: Callable[[Item], None],
    facts: Callable[[Any], dict[str, Any]],
) -> HttpResponse:
    item = _found(request)
    need(item)
    form = form_class(request.POST)
    if not form.is_valid():
        return _wrong(form)
    slip = intake.Slip(what, {"item": item.pk, **facts(form)})
    intake.put(slip, now=timezone.now())
    return JsonResponse({"message": _("It waits to be handed over with the next batch.")}, status=202)


def _found(request: HttpRequest) -> Item:
    code = receipts.read(request.POST.get("code", ""))
    return receipts.find(code, request.POST.get("stamp", ""))


def _wrong(form: forms.Form) -> JsonResponse:
    errors = [
        {"field": name, "code": "invalid", "message": str(message), "mend": ""}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return JsonResponse({"errors": errors}, status=422)


def _need_open(item: Item) -> None:
    if item.status == Status.CLOSED:
        raise Conflict(_("%(reference)s is closed.") % {"reference": item}, mend=_("Write a new one."))


def _need_answer(item: Item) -> None:
    if item.status != Status.ANSWERED:
        raise Conflict(_("There is no answer to confirm or to dispute now."))


def _need_reward(item: Item) -> None:
    suggestion = getattr(item, "suggestion", None)
    if suggestion is None or not suggestion.rewarded_at or hasattr(item, "claim"):
        raise Conflict(_("There is no reward to claim."))
