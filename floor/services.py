"""Every write of the bulletin: publish, confirm the reading, withdraw, remind."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agents.mailing import opening
from agents.models import Site, Team, User
from agents.selectors import DAY_OF_CENTRE, direct_superiors
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message
from callcenter.worktime import calendars
from floor import reminding, selectors
from floor.enums import Audience
from floor.models import Post, Reading


@transaction.atomic
def publish_post(  # noqa: PLR0913 (a post has this many facts)
    *,
    actor: Actor,
    author: User,
    title: str,
    text: str,
    now: datetime,
    audience: Audience = Audience.CENTRE,
    site: Site | None = None,
    team: Team | None = None,
    role: str = "",
    must_read_by: date | None = None,
    pinned_until: date | None = None,
    source: str = "",
) -> Post:
    """Put a post on the bulletin in the name of `author`; it cannot be changed later, only withdrawn.

    Days are those of the author's site: it must be read by the close of business of `must_read_by`, and stands on
    top until the end of `pinned_until`. `source` says in plain words what it comes from.
    """
    _need(title, "title", _("The title is missing."), _("Say in one line what it is about."))
    _need(text, "text", _("The text is missing."), _("Say what everybody should know."))
    hours = calendars.load(author.site.calendar_id)
    due = reminding.due_at(must_read_by, hours) if must_read_by else None
    pinned = reminding.end_of_day(pinned_until, ZoneInfo(author.time_zone)) if pinned_until else None
    _refuse_past(due, "must_read_by", now)
    _refuse_past(pinned, "pinned_until", now)
    post = Post(
        author=author,
        title=title.strip(),
        text=text,
        audience=audience,
        site=site,
        team=team,
        role=role,
        source=source,
        published_at=now,
        due_at=due,
        next_at=reminding.first_mark(published=now, due=due, hours=hours) if due else None,
        pinned_until=pinned,
    )
    require(actor, "floor.publish", post)
    post.save(force_insert=True)
    facts = {"audience": post.readers, "due_at": due.isoformat() if due else "", "source": source}
    log.record(actor, "post.published", post, now=now, **facts)
    return post


@transaction.atomic
def mark_read(*, actor: User, post_id: int, now: datetime) -> Reading:
    """Write down that the actor has read the post; once is enough, and a reminder on its way is called back."""
    post = Post.objects.get(pk=post_id)
    require(actor, "floor.mark_read", post)
    reading, is_new = Reading.objects.get_or_create(post=post, person=actor, defaults={"read_at": now})
    if is_new:
        log.record(actor, "post.read", post, now=now)
        queue.call_back([_reminder_key(post, actor.pk)])
    return reading


@transaction.atomic
def withdraw_post(*, actor: Actor, post_id: int, reason: str, now: datetime) -> Post:
    """Take a post off the bulletin with a reason; what waits to be sent about it is called back."""
    post: Post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
    require(actor, "floor.withdraw", post)
    if post.withdrawn_at:
        raise Conflict(_("It is withdrawn already."), mend=_("Write a new post if something else holds."))
    _need(reason, "reason", _("The reason is missing."), _("Say why it no longer holds."))
    post.withdrawn_at, post.withdrawal, post.next_at = now, reason, None
    post.withdrawn_by = actor if isinstance(actor, User) else None
    post.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal", "next_at"])
    log.record(actor, "post.withdrawn", post, now=now, reason=reason)
    queue.cancel(post.topic)
    return post


def remind(*, now: datetime) -> int:
    """Tell whoever has not read a post as its time nears, and their superiors once it is over; return how many posts.

    Posts are claimed with SKIP LOCKED and messages have unique keys, so sweeps may run side by side.
    """
    done = 0
    while _remind_of_next(now):
        done += 1
    return done


@transaction.atomic
def _remind_of_next(now: datetime) -> bool:
    waiting = Post.objects.to_remind(now).select_for_update(of=("self",), skip_locked=True)
    post: Post | None = waiting.select_related("author__site__calendar").first()
    if post is None or post.due_at is None:
        return False
    is_over = now >= post.due_at
    post.next_at = None if is_over else post.due_at
    post.save(update_fields=["next_at"])
    unread = list(selectors.unread(post, now=now).select_related("site__calendar"))
    queue.enqueue(_reminders(post, unread, now))
    if is_over:
        queue.enqueue(_summaries(post, unread, now))
    log.record(SYSTEM, "post.reminded", post, now=now, unread=len(unread), is_over=is_over)
    return True


def _reminder_key(post: Post, person_id: int) -> str:
    return f"{post.topic}:unread:{person_id}"


def _reminders(post: Post, people: list[User], now: datetime) -> Iterator[Message]:
    """One for each person and post, whether its time nears or is over."""
    hours = calendars.load_many({person.site.calendar_id for person in people})
    for person in people:
        yield queue.message(
            _reminder_key(post, person.pk),
            channel=Channel.EMAIL,
            recipient=person,
            template="floor/notify/unread",
            context=_context(post),
            topic=post.topic,
            due_at=opening(hours[person.site.calendar_id], now),
            now=now,
        )


def _summaries(post: Post, people: list[User], now: datetime) -> Iterator[Message]:
    """One for each superior of the day; the author's stands in where somebody has none."""
    superiors = direct_superiors([person.pk for person in people], now.astimezone(DAY_OF_CENTRE).date())
    present = User.objects.select_related("site__calendar").filter(is_active=True)
    heads = present.in_bulk({*superiors.values(), post.author_id})
    unread = Counter(
        superiors[person.pk] if superiors.get(person.pk) in heads else post.author_id for person in people
    )
    hours = calendars.load_many({head.site.calendar_id for head in heads.values()})
    for head in filter(None, map(heads.get, unread)):
        yield queue.message(
            f"{post.topic}:overdue:{head.pk}",
            channel=Channel.EMAIL,
            recipient=head,
            template="floor/notify/overdue",
            context={**_context(post), "people": unread[head.pk]},
            topic=post.topic,
            due_at=opening(hours[head.site.calendar_id], now),
            now=now,
        )


def _context(post: Post) -> dict[str, str]:
    due = post.due_at.isoformat() if post.due_at else ""
    return {"title": post.title, "path": post.get_absolute_url(), "read_due_at": due}


def _need(value: str, field: str, message: str, mend: str) -> None:
    if not value.strip():
        raise DomainError(message, code="required", field=field, mend=mend)


def _refuse_past(at: datetime | None, field: str, now: datetime) -> None:
    if at and at <= now:
        raise DomainError(_("This day is over."), field=field, mend=_("Choose a later one."))
