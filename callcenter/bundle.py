"""Everything that belongs to one row, by one statement: a thing's page shows a dozen tables and asks once."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject


def load(row: Model, parts: Mapping[str, QuerySet[Any]]) -> None:
    """Give `row` the rows of each of `parts`, which refer to it by OuterRef("pk"), in their order.

    A part that bears the name of a relation is prefetched by it; another one becomes a list of that name. Rows come
    without what they refer to.
    """
    columns = [ArraySubquery(rows.values(row=JSONObject(**_fields(rows.model)))) for rows in parts.values()]
    found = type(row)._base_manager.filter(pk=row.pk).values_list(*columns).get()
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    relations = {relation.get_accessor_name() for relation in row._meta.related_objects}
    for (name, rows), told in zip(parts.items(), found, strict=True):
        loaded = list(_rows(rows.model, told))
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
