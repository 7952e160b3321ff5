"""Everything that belongs to one row, by one statement: a thing's page shows a dozen tables and asks once."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

BROUGHT = "brought_"


def ask(rows: QuerySet[Any], parts: Mapping[str, QuerySet[Any]]) -> QuerySet[Any]:
    """Return `rows` that bring along what `parts` hold, each of which refers to its row by OuterRef("pk")."""
    told = {
        name: ArraySubquery(part.values(row=JSONObject(**_fields(part.model))))
        for name, part in parts.items()
    }
    asked: QuerySet[Any] = rows.annotate(**{BROUGHT + name: part for name, part in told.items()})
    return asked


def unpack(row: Any, parts: Mapping[str, QuerySet[Any]]) -> None:
    """Give a row that was `ask`ed for the rows of each of `parts`, in their order.

    A part that bears the name of a relation is prefetched by it; another one becomes a list of that name. Rows come
    without what they refer to.
    """
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    relations = {relation.get_accessor_name() for relation in row._meta.related_objects}
    for name, part in parts.items():
        loaded = list(_rows(part.model, row.__dict__.pop(BROUGHT + name)))
        if name in relations:
            kept.pop(name, None)
            kept[name] = getattr(row, name).all()
            kept[name]._result_cache = loaded  # noqa: SLF001 (as prefetch_related does it)
        else:
            setattr(row, name, loaded)


def _fields(model: type[Model]) -> dict[str, str]:
    return {field.attname: field.attname for field in model._meta.concrete_fields}


def _rows(model: type[Model], told: list[dict[str, Any]]) -> Iterator[Model]:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    for one in told:
        values = [
            None if one[field.attname] is None else field.to_python(one[field.attname]) for field in fields
        ]
        yield model.from_db(None, names, values)
