"""A notice to people about a thing: in the app at once, and by email within the mail window of their site."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from agents.mailing import mail_window, opening
from agents.models import User
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message
from callcenter.worktime import calendars


def mail_times(people: Collection[User], now: datetime) -> dict[int, datetime]:
    """Return from when on each of `people` may be mailed; two queries at most for all."""
    hours = calendars.load_many({person.site.calendar_id for person in people})
    return {
        person.pk: opening(
            mail_window(hours[person.site.calendar_id], person.site.mail_opens, person.site.mail_closes), now
        )
        for person in people
    }


def notices(
    key: str,
    people: Collection[User],
    *,
    template: str,
    context: dict[str, Any],
    topic: str,
    now: datetime,
    times: Mapping[int, datetime] | None = None,
) -> Iterator[Message]:
    """Yield the unsaved messages, each with a key made of `key`, its reader and its channel.

    `times` are the `mail_times` of more people, where many things are told at once.
    """
    mailed_at = mail_times(people, now) if times is None else times
    for person in people:
        ways = {Channel.IN_APP: now}
        if person.email:
            ways[Channel.EMAIL] = mailed_at[person.pk]
        for channel, due_at in ways.items():
            yield queue.message(
                f"{key}:{person.pk}:{channel.value}",
                channel=channel,
                recipient=person,
                template=template,
                context=context,
                topic=topic,
                due_at=due_at,
                now=now,
            )
