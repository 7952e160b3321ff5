"""What is on the board already of what somebody types, and which department answers such things.

Only what is public and the published scopes are looked at: what others wrote in private tells nobody anything.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from agents.models import Department, User
from feedback.models import Item
from feedback.selectors.items import with_interests, with_public_answer

MOST_WORDS = 12
"""So many of the rarest words of a text say what it is about."""
LOOKED_AT = 300
SHOWN = 3
LEAST_ALIKE = 2
"""Words in common."""
SCOPE_WEIGHT = 4
"""A word of the scope says as much as so many words of items that were answered."""
STEM = 4
RARE = """
WITH common AS (
    SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share
      FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'feedback_wording' AND attname = 'words')
SELECT word FROM unnest(tsvector_to_array(words_of(%s))) AS word LEFT JOIN common USING (word)
 WHERE length(word) > 1 ORDER BY coalesce(share, 0), length(word) DESC, word LIMIT %s
"""
# Of many the newest, found over the board's own order; of few all, over the index of words. What is found by one word may
# have the others with another ending.
ALIKE = """
SELECT id, department_id, (SELECT count(*) FROM unnest(%s::text[]) AS one WHERE words @@ one::tsquery)
  FROM (SELECT id, department_id, words FROM feedback_item JOIN feedback_wording ON item_id = id
         WHERE published_at IS NOT NULL AND words @@ %s::tsquery
         ORDER BY published_at DESC, id DESC LIMIT %s) AS newest
 ORDER BY 3 DESC
"""


@dataclass(frozen=True, slots=True)
class Hint:
    """The public items that are most like a text, and the department that answers such things (None: nobody can say)."""

    items: list[Item]
    department: Department | None


def hint(text: str, reader: User) -> Hint:
    """Return what to show beside a text while it is typed; six queries of bounded size."""
    words = _telling(text)
    if not words:
        return Hint([], None)
    found = _alike(words)
    return Hint(_shown([key for key, _department, _shared in found], reader), _department(words, found))


def _telling(text: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(RARE, [text.replace("\0", ""), MOST_WORDS])
        return [word for (word,) in cursor.fetchall()]


def _alike(words: list[str]) -> list[tuple[int, int | None, int]]:
    """Return key, department and number of shared words of public items that share some, the most alike first."""
    exact, loose = [_quoted(word) for word in words], [_loose(word) for word in words]
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [loose, " | ".join(exact), LOOKED_AT])
        return [row for row in cursor.fetchall() if row[2] >= min(LEAST_ALIKE, len(words))]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _loose(word: str) -> str:
    """Return the query of a word that may end otherwise, as headset and headsets do."""
    return f"{_quoted(word[:-1])}:*" if word.isascii() and len(word) > STEM else _quoted(word)


def _shown(keys: list[int], reader: User) -> list[Item]:
    rows = Item.objects.on_board().for_board().in_bulk(keys[: 2 * SHOWN])
    items = [rows[key] for key in keys if key in rows and rows[key].author_id != reader.pk][:SHOWN]
    with_public_answer(items)
    with_interests(items, reader)
    return items


def _department(words: list[str], found: Iterable[tuple[int, int | None, int]]) -> Department | None:
    """Return the department whose scope, or whose answers to such items, have most of the words."""
    votes: Counter[int] = Counter()
    for _key, department, shared in found:
        if department:
            votes[department] += shared
    departments = {one.pk: one for one in Department.objects.all()}
    for key, one in departments.items():
        votes[key] += SCOPE_WEIGHT * _in_scope(words, f"{one.name} {one.scope}".lower())
    ((best, number),) = votes.most_common(1) or [(0, 0)]
    return departments[best] if number else None


def _in_scope(words: Iterable[str], scope: str) -> int:
    """Count the words that the scope has; one in letters may end otherwise, as headset and headsets do."""
    known = re.findall(r"[a-z0-9]+", scope)
    return sum(_known(word, known) if word.isascii() else word in scope for word in words)


def _known(word: str, known: list[str]) -> bool:
    return word in known or (len(word) > STEM and any(one.startswith(word[:-1]) for one in known))
