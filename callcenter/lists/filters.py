"""Filters that many lists have: days, words, a choice."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection
from django.db.models import Lookup, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
EARLIEST, LATEST = (datetime.combine(day, time(), UTC) for day in (FIRST, LAST))


def midnight(day: date) -> datetime:
    """Return the instant at which a day of the reader's zone begins."""
    return timezone.make_aware(datetime.combine(day, time()))


class _Day(django_filters.DateFilter):
    def __init__(self, field_name: str, label: Any, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        limits = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
        super().__init__(field_name=field_name, label=label, widget=widget, validators=limits, **kwargs)


class FromDay(_Day):
    """The rows from the start of a local day on."""

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        """Keep them."""
        return qs.filter(**{f"{self.field_name}__gte": midnight(value)}) if value else qs


class UntilDay(_Day):
    """The rows up to the end of a local day."""

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        """Keep them."""
        return qs.filter(**{f"{self.field_name}__lt": midnight(value + timedelta(days=1))}) if value else qs


class _InstantField(django_filters.fields.IsoDateTimeField):
    """An instant in UTC: the database knows no offsets as wide as ISO 8601 allows."""

    def clean(self, value: Any) -> datetime | None:
        """Return the instant, which is within what can be meant."""
        found: datetime | None = super().clean(value)
        return found.astimezone(UTC) if found else None


class Instant(django_filters.IsoDateTimeFilter):
    """The rows by an instant in ISO 8601, with any offset."""

    field_class = _InstantField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        limits = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(*args, validators=limits, **kwargs)


class Words(django_filters.CharFilter):
    """The rows in which one of `fields` has the words, or one of `starts` begins with them, in either case of letters."""

    def __init__(self, *fields: str, starts: tuple[str, ...] = ()) -> None:
        super().__init__(label=_("Words"), max_length=100)
        self.lookups = [
            *(f"{name}__icontains" for name in fields),
            *(f"{name}__istartswith" for name in starts),
        ]

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Keep them."""
        if not value:
            return qs
        return qs.filter(reduce(or_, (Q(**{lookup: value}) for lookup in self.lookups)))


@SearchVectorField.register_lookup
class Names(Lookup):
    """`words__name="…"`: the words, kept as `words_of(text)`, have all that `query_of` reads in what was typed."""

    lookup_name = "name"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the match, whose query the planner already knows."""
        kept, kept_params = self.process_lhs(compiler, connection)
        asked, asked_params = self.process_rhs(compiler, connection)
        return f"{kept} @@ query_of({asked})", (*kept_params, *asked_params)


class FullText(django_filters.CharFilter):
    """The rows whose words have all those that are typed, the last of which may be unfinished; Chinese without blanks.

    `kept` is the model whose rows bear the keys of those that are narrowed, and their `words`. What looks like the beginning of
    a number of the house (`numbered`) is looked up there, in the field `number`.
    """

    # Few keys are named: how many there are of an unfinished word, the planner can only guess, and guesses far too many.
    FEW = 1000
    KEYS = """WITH found AS MATERIALIZED (SELECT {key} FROM {table} WHERE words @@ query_of(%s))
              SELECT * FROM found LIMIT %s"""

    def __init__(self, kept: type[Model], *, number: str, numbered: re.Pattern[str]) -> None:
        super().__init__(label=_("Words"), max_length=100)
        self.kept, self.number, self.numbered = kept, number, numbered

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Keep them."""
        if not value:
            return qs
        if self.numbered.fullmatch(value):
            return qs.filter(**{f"{self.number}__startswith": value.upper()})
        keys = self._keys(value)
        if len(keys) <= self.FEW:
            return qs.filter(pk__in=keys)
        rows: QuerySet[Any] = self.kept._default_manager.filter(words__name=value)
        return qs.filter(pk__in=rows.values("pk"))

    def _keys(self, value: str) -> list[int]:
        """Return the keys of what has the words, at most one more than are few."""
        table = self.kept._meta
        key = connection.ops.quote_name(str(table.pk.column if table.pk else "id"))
        statement = self.KEYS.format(key=key, table=connection.ops.quote_name(table.db_table))
        with connection.cursor() as cursor:
            cursor.execute(statement, [value, self.FEW + 1])
            return [row[0] for row in cursor.fetchall()]
