"""Everything that belongs to one row, by one statement: a thing's page shows a dozen tables and asks once.

The statement is plain SQL, written once for each process: to have it composed anew for every page took longer than to run it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

BROUGHT = "brought"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of `model`, called “one” in the conditions and the order, that belong to a row; all three are our own SQL."""

    model: type[Model]
    where: str
    order: str

    @property
    def sql(self) -> str:
        """Return the rows as one JSON array."""
        rows = f"SELECT coalesce(jsonb_agg(to_jsonb(one) ORDER BY {self.order}), '[]')"
        return f"({rows} FROM {self.model._meta.db_table} AS one WHERE {self.where})"


class Bundle:
    """What rows of a table bring along, by name."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self.parts = parts
        told = ", ".join(f"'{name}', {part.sql}" for name, part in parts.items())
        self._sql = f"jsonb_build_object({told})"

    def ask(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return `rows` with the parts of each still packed."""
        packed = RawSQL(self._sql, [], output_field=JSONField())  # noqa: S611 (written by us alone)
        asked: QuerySet[Any] = rows.annotate(**{BROUGHT: packed})
        return asked

    def unpack(self, row: Any) -> None:
        """Give a row that was `ask`ed for the rows of each part, in their order.

        A part that bears the name of a relation is prefetched by it; another one becomes a list of that name. Rows come
        without what they refer to.
        """
        kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
        told = row.__dict__.pop(BROUGHT)
        for name, part in self.parts.items():
            loaded = list(_rows(part.model, told[name]))
            if hasattr(type(row), name):
                kept.pop(name, None)
                kept[name] = getattr(row, name).all()
                kept[name]._result_cache = loaded  # noqa: SLF001 (as prefetch_related does it)
            else:
                setattr(row, name, loaded)


def _rows(model: type[Model], told: list[dict[str, Any]]) -> Iterator[Model]:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    for one in told:
        values = [
            None if one[str(field.column)] is None else field.to_python(one[str(field.column)])
            for field in fields
        ]
        yield model.from_db(None, names, values)
