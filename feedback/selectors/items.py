"""What was said about an item, and what of it is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agents.models import User
from feedback.models import Answer, Backing, Item
from feedback.selectors.owners import day_of_centre


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of what was said: a `question` back, a `word` of the author, an `answer` or a `dispute`.

    Of what an anonymous author says only the day is known (`at` is None); it then stands last on its day.
    """

    what: str
    text: str
    day: date
    at: datetime | None = None
    by: User | None = None


def talk(item: Item) -> list[Turn]:
    """Return what author and answering side said to each other, oldest first; three queries. Notes are not among it."""
    words = [
        Turn("question" if word.by else "word", word.text, word.day, word.at, word.by)
        for word in item.words.select_related("by")
    ]
    answers = [
        Turn("answer", answer.text, day_of_centre(answer.at), answer.at, answer.by)
        for answer in item.answers.select_related("by")
    ]
    disputes = [Turn("dispute", row.reason, row.day) for row in item.objections.order_by("number")]
    return sorted([*words, *answers, *disputes], key=_order)


def _order(turn: Turn) -> tuple[date, bool, float]:
    return turn.day, turn.at is None, turn.at.timestamp() if turn.at else 0


def with_public_answer(items: Iterable[Item]) -> None:
    """Give each published item `public_answer`: the newest answer that was given before it was published; one query."""
    found: dict[int, Answer] = {}
    shown = {item.pk: item for item in items if item.published_at}
    for answer in Answer.objects.filter(item__in=shown).select_related("by").order_by("at", "pk"):
        published_at = shown[answer.item_id].published_at
        if published_at and answer.at <= published_at:
            found[answer.item_id] = answer
    for item in shown.values():
        row: Any = item
        row.public_answer = found.get(item.pk)


def with_interests(items: Iterable[Item], reader: User) -> None:
    """Give each item `interests`, what the reader has to do with it (Interest); one query."""
    rows = list(items)
    found: dict[int, set[str]] = {item.pk: set() for item in rows}
    for key, interest in Backing.objects.filter(item__in=rows, person=reader).values_list("item", "interest"):
        found[key].add(interest)
    for item in rows:
        row: Any = item
        row.interests = found[item.pk]
