"""What the services of feedback share: the locked row, what must be given, and the notices."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from agents.models import User
from agents.notices import notices
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from callcenter.worktime.clock import OutOfRange
from feedback import selectors
from feedback.enums import Interest, Status
from feedback.models import FeedbackPolicy, Item

MOST_LETTERS = 10_000
SUBJECT_LETTERS = 120
WITH = ("author__person__site__calendar", "department", "site__calendar", "policy")


def locked(item_id: int) -> Item:
    """Return the item with its names, locked until the transaction ends."""
    rows: Any = Item.objects.select_for_update(of=("self",))
    item: Item = rows.select_related(*WITH).get(pk=item_id)
    return item


def locked_unnamed(item_id: int) -> Item:
    """Return an anonymous item, locked; nothing but its author's receipt leads here, so a named one is a mistake."""
    item = locked(item_id)
    if not item.anonymous:
        message = f"{item} has an author, who acts under their name"
        raise ValueError(message)
    return item


def house_policy() -> FeedbackPolicy:
    """Return the numbers of the board."""
    return FeedbackPolicy.objects.get(pk=1)


def need(value: str, field: str, message: str, mend: str, *, most: int = MOST_LETTERS) -> None:
    """Raise a DomainError for `field` if nothing was written there, or more than fits."""
    if not value.strip():
        raise DomainError(message, code="required", field=field, mend=mend)
    if len(value) > most or "\0" in value:
        raise DomainError(
            _("This is too long, or no text."),
            code="max_length",
            field=field,
            mend=_("Write at most %(most)s letters.") % {"most": most},
        )


def need_open(item: Item) -> None:
    """Raise Conflict if the item has come to its end."""
    if item.status == Status.CLOSED:
        raise Conflict(_("%(reference)s is closed.") % {"reference": item}, mend=_("Write a new one."))


def in_working_days(item: Item, start: datetime, days: int) -> datetime:
    """Return the close of business of the `days`-th working day after `start` on the item's calendar.

    On a calendar without working time these are days as they come, so that nothing waits for ever.
    """
    try:
        return selectors.working_hours(item).due_in_days(start, days)
    except OutOfRange:
        return start + timedelta(days=days)


def author_of(item: Item) -> list[User]:
    """Return the author as those to be told: nobody if the item is anonymous, or the account is closed."""
    if item.anonymous or not item.author.person.is_active:
        return []
    return [item.author.person]


def followers(item: Item) -> list[User]:
    """Return who follows a published item on the board; nobody once it is no longer there."""
    if not item.published_at:
        return []
    keys = item.backings.filter(interest=Interest.FOLLOWS).values("person")
    return list(User.objects.filter(pk__in=keys, is_active=True).select_related("site__calendar"))


def tell(item: Item, event: str, people: Collection[User], now: datetime, *, key: object = "") -> None:
    """Queue the notice `event` to answering people; it is called back when the item is answered or moves on.

    `key` tells one from another where an event can come twice.
    """
    queue.enqueue(messages(item, event, people, now, key=key))


def inform(item: Item, event: str, people: Collection[User], now: datetime, *, key: object = "") -> None:
    """Queue the notice `event` to those who only want to know, such as the author; it is never called back."""
    queue.enqueue(messages(item, event, people, now, key=key, news=True))


def messages(
    item: Item,
    event: str,
    people: Collection[User],
    now: datetime,
    *,
    key: object = "",
    news: bool = False,
    times: Mapping[int, datetime] | None = None,
) -> Iterator[Message]:
    """Yield the unsaved messages of `tell` and `inform`; a sweep gives the `times` at which all of them may be mailed."""
    context = {
        "reference": str(item),
        "department": item.department.name if item.department else "",
        "path": item.get_absolute_url(),
        "answer_due_at": item.due_at.isoformat(),
        "closes_at": item.silent_until.isoformat() if item.silent_until else "",
    }
    template = f"feedback/notify/{event}"
    name = f"{item.topic}:{event}:{key}" if key else f"{item.topic}:{event}"
    topic = f"{item.topic}:news" if news else item.topic
    return notices(name, people, template=template, context=context, topic=topic, now=now, times=times)
