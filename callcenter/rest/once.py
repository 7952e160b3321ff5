"""Idempotency: a POST with a key is done once, and answered the same again for a day."""

import functools
import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.errors import Conflict, DomainError
from callcenter.rest.models import KeptAnswer

HEADER: Final = "Idempotency-Key"
KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
KEPT_FOR: Final = timedelta(hours=24)
KEPT_HEADERS: Final = ("Location", "ETag")

Handler = Callable[..., Response]


def once(handler: Handler) -> Callable[..., Response | HttpResponse]:
    """Make a POST handler of an ApiView answer a repeated key with the first answer instead of acting again.

    The same key with another body is refused (422), and so is a second request while the first still runs (409).
    What fails with a 500 changed nothing and is not kept.
    """

    @functools.wraps(handler)
    def guarded(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        if not KEY.fullmatch(key):
            raise DomainError(
                _("This is no idempotency key."),
                field=HEADER,
                mend=_("Send 1 to 200 visible ASCII characters."),
            )
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            _lock(view.owner, key)
            kept = KeptAnswer.objects.filter(owner=view.owner, key=key, at__gt=timezone.now() - KEPT_FOR)
            if first := kept.first():
                return _repeat(first, fingerprint)
            answer = _answered(view, handler, request, *args, **kwargs)
            _keep(answer, owner=view.owner, key=key, fingerprint=fingerprint)
            return answer

    return guarded


def _fingerprint(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=_digest)
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n{body}".encode()).hexdigest()


def _digest(file: Any) -> list[str]:
    """Stand for a file that was sent along by its name and its content."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return [file.name, digest]


def _lock(owner: str, key: str) -> None:
    """Hold the key until the transaction ends; somebody who comes meanwhile is told so, and waits for nothing."""
    digest = hashlib.sha256(f"{owner}\n{key}".encode()).digest()
    with connection.cursor() as cursor:
        number = int.from_bytes(digest[:8], signed=True)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Conflict(
                _("The first request with this key still runs."),
                code="in_flight",
                field=HEADER,
                mend=_("Send it again in a moment: you get the first one's answer."),
            )


def _answered(view: Any, handler: Handler, request: Request, *args: Any, **kwargs: Any) -> Response:
    """Act; a refusal is an answer too, and nothing of the act then stands."""
    try:
        with transaction.atomic():
            return handler(view, request, *args, **kwargs)
    except Exception as error:  # noqa: BLE001 (what is no refusal, handle_exception raises again)
        refused: Response = view.handle_exception(error)
        return refused


def _keep(answer: Response, *, owner: str, key: str, fingerprint: str) -> None:
    # A key that has outlived its day may still lie there until the sweep comes by.
    KeptAnswer.objects.filter(owner=owner, key=key).delete()
    KeptAnswer.objects.create(
        owner=owner,
        key=key,
        fingerprint=fingerprint,
        status=answer.status_code,
        headers={name: answer[name] for name in KEPT_HEADERS if name in answer},
        body=JSONRenderer().render(answer.data).decode(),
        at=timezone.now(),
    )


def _repeat(first: KeptAnswer, fingerprint: str) -> HttpResponse:
    if first.fingerprint != fingerprint:
        mismatch = DomainError(
            _("This key was used for another request."),
            code="idempotency_mismatch",
            field=HEADER,
            mend=_("Use a new key for a new request."),
        )
        mismatch.status = 422
        raise mismatch
    headers = {**first.headers, "Idempotency-Replayed": "true"}
    return HttpResponse(first.body, status=first.status, content_type="application/json", headers=headers)


def forget(*, now: datetime) -> int:
    """Delete the answers that have been kept for their day; return how many."""
    return KeptAnswer.objects.filter(at__lte=now - KEPT_FOR).delete()[0]
