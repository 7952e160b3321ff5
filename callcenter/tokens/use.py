"""Use of tokens: what Redis counted is written down by day, kept for a year and a month, and shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from callcenter.rest import usage
from callcenter.tokens.models import Token, TokenUse

KEPT: Final = timedelta(days=396)
SHOWN_DAYS: Final = 30
# One worker at a time takes what was counted.
LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended('tokens.use', 0))"
ADD: Final = """
INSERT INTO tokens_tokenuse (token_id, day, route, requests, refused)
SELECT u.token, u.day, u.route, sum(u.requests), sum(u.refused)
  FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::bigint[], %s::bigint[]) AS u(token, day, route, requests, refused)
  JOIN tokens_token t ON t.id = u.token
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (token_id, day, route) DO UPDATE
   SET requests = tokens_tokenuse.requests + excluded.requests, refused = tokens_tokenuse.refused + excluded.refused
"""


@transaction.atomic
def write_down() -> int:
    """Add what was counted since the last time to the days; return how many requests that were."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return 0
        uses = list(usage.take())
        if uses:
            columns = zip(
                *((use.token, use.day, use.route[:200], use.requests, use.refused) for use in uses),
                strict=True,
            )
            cursor.execute(ADD, [list(column) for column in columns])
            usage.forget()
    return sum(use.requests for use in uses)


def forget_old(*, now: datetime) -> None:
    """Delete what is older than a year and a month."""
    TokenUse.objects.filter(day__lt=now.date() - KEPT).delete()


@dataclass(frozen=True, slots=True)
class Bar:
    """How often a token asked on a day, or for an address; `percent` of the most."""

    name: Any
    requests: int
    refused: int
    percent: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The use of a token on the last days: by day, the latest first, and by address, the most asked for first."""

    days: list[Bar]
    routes: list[Bar]
    requests: int
    refused: int


def of_token(token: Token, *, today: date) -> Shown:
    """Return the use of a token on the last days up to `today`."""
    since = today - timedelta(days=SHOWN_DAYS - 1)
    uses = TokenUse.objects.filter(token=token, day__range=(since, today))
    found = {row["day"]: (row["requests"], row["refused"]) for row in _summed(uses, "day")}
    first = min(found, default=today)
    every = (today - timedelta(days=back) for back in range((today - first).days + 1))
    days = _bars((day, *found.get(day, (0, 0))) for day in every)
    by_route = _summed(uses, "route").order_by("-requests", "route")
    routes = _bars((f"/{row['route']}", row["requests"], row["refused"]) for row in by_route)
    return Shown(days, routes, sum(bar.requests for bar in days), sum(bar.refused for bar in days))


def today() -> date:
    """Return the day of the centre."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _summed(uses: QuerySet[TokenUse], by: str) -> QuerySet[Any, dict[str, Any]]:
    rows: Any = uses.order_by().values(by)
    summed: QuerySet[Any, dict[str, Any]] = rows.annotate(requests=Sum("requests"), refused=Sum("refused"))
    return summed


def _bars(rows: Iterable[tuple[Any, int, int]]) -> list[Bar]:
    told = list(rows)
    most = max((requests for _name, requests, _refused in told), default=0) or 1
    return [Bar(name, requests, refused, round(100 * requests / most)) for name, requests, refused in told]
