"""How many rows the views of a list have: in the tabs of every page, so they are counted once in FRESH seconds.

The page itself is always read anew, and where its rows tell the number they have the last word (table.py).
"""

from typing import Any

from django.conf import settings
from django.core.cache import cache as redis

from callcenter.lists.asked import Asked
from callcenter.lists.spec import View
from callcenter.pages import capped_counts

FRESH = 15
"""For how many seconds a count holds, unless the person does something meanwhile."""


def counts_of(asked: Asked, views: list[View]) -> dict[str, int]:
    """Return the capped number of rows of each view, by its key; one look into Redis, and at times one query."""
    key = _key(asked.data_list.name, asked.person)
    known: dict[str, int] = redis.get(key, {})
    if any(view.key not in known for view in views):
        found = capped_counts([asked.of_view(view) for view in views])
        known = dict(zip((view.key for view in views), found, strict=True))
        redis.set(key, known, FRESH)
    return {view.key: known[view.key] for view in views}


def forget_counts(person: Any) -> None:
    """Count anew for the next page of the person: they have just done something."""
    redis.delete_many([_key(name, person) for name in settings.LISTS])


def _key(name: str, person: Any) -> str:
    return f"list:{name}:{person.pk}"
