"""Key figures over REST: asked for page by page, as JSON or CSV, and only what changed."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final

from django.core import signing
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from callcenter.errors import DomainError
from callcenter.rest import tags
from callcenter.rest.scopes import Scope
from callcenter.rest.views import ApiView
from callcenter.sheets.write import BOM, csv_lines
from kpi.api import examples
from kpi.api.serializers import DEFAULT_METRICS, QuestionInput, SeriesOutput
from kpi.families import FAMILIES
from kpi.metrics import REGISTRY
from kpi.selectors import bulk, changes, series, targets

SALT: Final = "kpi.cursor"
METRICS_IN_WORDS: Final = format_lazy(
    _("Keys with commas in between: {}; and for any threshold {}."),
    ", ".join(REGISTRY),
    ", ".join(family.key for family in FAMILIES),
)
Row = dict[str, Any]


class Csv(BaseRenderer):
    """Names the kind of the answer; its lines are streamed, and refusals stay JSON. What is left has no content (304)."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *_how: Any) -> bytes:
        """Return nothing."""
        return b""


class SeriesApi(ApiView):
    """`/api/v1/kpi/series/`."""

    reads = Scope.KPI_READ
    permission = "kpi.view"
    renderer_classes = (JSONRenderer, Csv)
    moving = ("watermark", "waiting")

    def known_parameters(self) -> Collection[str]:
        """Name what a question consists of."""
        return QuestionInput().fields.keys()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002 (the framework's signature)
        """Choose CSV where the address asks for it, whatever the caller accepts."""
        asked = request.query_params.get("format")
        if asked in {"csv", "json"}:
            kind = Csv if asked == "csv" else JSONRenderer
            return kind(), kind.media_type
        return super().perform_content_negotiation(request, force=force)

    def handle_exception(self, exc: Exception) -> Any:
        """Refuse in JSON, also where CSV was asked for."""
        self.request.accepted_renderer, self.request.accepted_media_type = JSONRenderer(), "application/json"
        return super().handle_exception(exc)

    @extend_schema(
        summary=_("Ask for key figures"),
        description=_(
            "A row for each group and interval, over the calls that the caller may see, ordered by interval and group. "
            "JSON comes page by page: follow “next”. CSV without a limit is the whole answer, sent as it is made."
        ),
        parameters=[
            QuestionInput,
            OpenApiParameter("metrics", str, description=METRICS_IN_WORDS, default=DEFAULT_METRICS),
            OpenApiParameter("group_by", str, enum=list(series.GROUPS), description=_("What makes a row.")),
            OpenApiParameter(
                "interval", str, enum=list(series.INTERVALS), description=_("What time makes a row.")
            ),
        ],
        responses={(200, "application/json"): SeriesOutput, (200, "text/csv"): OpenApiTypes.STR},
        examples=[examples.SERIES],
    )
    def get(self, request: Request) -> Any:
        """Answer {"metrics", "group_by", "interval", "from", "to", "watermark", "waiting", "replaces", "next", "rows"}."""
        asked = QuestionInput(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        answer = Answer(request, asked, timezone.now())
        answer.check()
        self.tag = answer.tag()
        if self.tag and tags.matches(request.headers.get("If-None-Match"), self.tag):
            return Response(status=304)
        if isinstance(request.accepted_renderer, Csv):
            return answer.csv()
        return answer.json()


class Answer:
    """The answer to one request, as JSON or CSV."""

    def __init__(self, request: Request, asked: QuestionInput, now: datetime) -> None:
        self.request = request
        self.user = request.user
        self.asked: Row = asked.validated_data
        self.question = asked.question()
        self.since: datetime | None = self.asked.get("updated_since")
        self.watermark = changes.watermark(now).isoformat()
        self.after = bulk.BEGIN
        if cursor := self.asked.get("cursor"):
            self.after, self.watermark = self._read(cursor)

    def check(self) -> None:
        """Refuse what cannot be answered, before anything is counted."""
        series.check(self.question)
        if self.since is None:
            return
        if self.question.interval not in changes.DATED:
            raise DomainError(
                _("Changes are known of intervals that lie at one place in time."),
                field="interval",
                code="undated",
                mend=_("Ask by %(known)s.") % {"known": ", ".join(changes.DATED)},
            )
        for key in self.question.metrics:
            if REGISTRY[key].source != "calls":
                raise DomainError(
                    _("Changes of “%(metric)s” are not known.") % {"metric": key},
                    field="metrics",
                    code="grain",
                    mend=_("Ask for it without updated_since."),
                )
        if isinstance(self.request.accepted_renderer, Csv):
            raise DomainError(
                _("Changes are answered as JSON."), field="format", code="no_csv", mend=_("Ask for json.")
            )

    def tag(self) -> str:
        """Return the ETag where it is known without counting; "" where it takes the answer itself."""
        if self.since or self.asked["targets"] or not changes.is_rolled(self.user, self.question):
            return ""
        seen = changes.version(self.user), self._fingerprint(), self.asked.get("cursor"), self.asked["limit"]
        kind = self.request.accepted_renderer.media_type
        return tags.tag_of([*seen, kind, get_language(), self.request.build_absolute_uri("?")])

    def json(self) -> Response:
        """Return a page of rows, with what it takes to go on."""
        only = None if self.since is None else changes.changed(self.question, self.since)
        limit = self.asked["limit"] or series.MOST_ROWS
        page = bulk.page(self.user, self.question, limit=limit, after=self.after, only=only)
        is_first = self.after == bulk.BEGIN
        return Response(
            {
                "metrics": self.question.metrics,
                "group_by": self.question.group_by,
                "interval": self.question.interval,
                "from": self.question.start,
                "to": self.question.end,
                "watermark": self.watermark,
                "waiting": changes.waiting(),
                "replaces": sorted(only) if only is not None and is_first else None,
                "next": self._next(page.following),
                "rows": list(self._with_targets(page.rows)),
            }
        )

    def csv(self) -> StreamingHttpResponse:
        """Return the lines of all rows, or of a page where a limit is given; then the header Link leads on."""
        link = None
        if limit := self.asked["limit"]:
            page = bulk.page(self.user, self.question, limit=limit, after=self.after)
            link, rows = self._next(page.following), iter(page.rows)
        else:
            rows = bulk.rows_of(self.user, self.question, after=self.after)
        # What is wrong is found before the first line is sent.
        first = next(rows, None)
        told = self._with_targets(rows if first is None else chain([first], rows))
        columns = ["group", "label", "interval", *self.question.metrics, *self._target_columns()]
        lines = csv_lines(columns, ([row[name] for name in columns] for row in told))
        answer = StreamingHttpResponse(
            (line.removeprefix(BOM) for line in lines), content_type="text/csv; charset=utf-8"
        )
        answer["Watermark"] = self.watermark
        if link:
            answer["Link"] = f'<{link}>; rel="next"'
        return answer

    def _target_columns(self) -> list[str]:
        found = self.question.metrics if self.asked["targets"] else ()
        return [f"{key}__{part}" for key in found for part in ("target", "on_target")]

    def _with_targets(self, rows: Any) -> Iterator[Row]:
        """Yield rows with the target that holds on the last day asked for, and whether it is met."""
        if not self.asked["targets"]:
            yield from rows
            return
        held = targets.on(self.question.end, self.question.metrics)
        limits = dict(self.question.filters)
        for row in rows:
            place: Row = targets.places(limits, self.question.group_by, row["group"])
            for key in self.question.metrics:
                target = held.of(key, **place)
                row[f"{key}__target"] = target and target.value
                row[f"{key}__on_target"] = targets.attained(key, row[key], target)
            yield row

    def _fingerprint(self) -> str:
        """Name the question, so that a cursor of one is refused by another."""
        return hashlib.sha256(f"{self.question}{self.since}".encode()).hexdigest()[:16]

    def _read(self, cursor: str) -> tuple[bulk.Place, str]:
        """Return the place that a cursor names, and the watermark of the first page."""
        try:
            question, slot, group, watermark = signing.loads(cursor, salt=SALT)
        except signing.BadSignature:
            question = slot = group = watermark = ""
        if question != self._fingerprint():
            raise DomainError(
                _("This is no cursor of this question."),
                field="cursor",
                mend=_("Begin without one, then follow “next”."),
            )
        return (slot, group), watermark

    def _next(self, following: bulk.Place | None) -> str | None:
        if following is None:
            return None
        query = self.request.query_params.copy()
        query["from"], query["to"] = self.question.start.isoformat(), self.question.end.isoformat()
        told = [self._fingerprint(), *following, self.watermark]
        query["cursor"] = signing.dumps(told, salt=SALT, compress=True)
        return self.request.build_absolute_uri(f"?{query.urlencode()}")
