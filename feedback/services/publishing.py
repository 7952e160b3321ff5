"""What every employee may read, and who joins in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from feedback.enums import Interest, Status
from feedback.models import Backing, Item, Note
from feedback.services.telling import SUBJECT_LETTERS, author_of, followers, inform, locked, need


@transaction.atomic
def publish(*, actor: User, item_id: int, subject: str, text: str, now: datetime) -> Item:
    """Put an answered item on the board in the words of the answering side; the newest answer becomes public with it.

    The author's own text is refused: style and detail point at people. Publishing again takes a newer answer along.
    """
    item = locked(item_id)
    require(actor, "feedback.publish", item)
    if item.status not in {Status.ANSWERED, Status.CLOSED} or item.erased_at:
        raise Conflict(_("Only what is answered can be published."), mend=_("Answer it first."))
    _need_words(item, subject, text)
    again = item.published_at is not None
    item.public_subject, item.public_text, item.published_at = subject, text, now
    item.save(update_fields=["public_subject", "public_text", "published_at"])
    log.record(actor, "feedback.published", item, now=now, again=again)
    people = {person.pk: person for person in (*author_of(item), *followers(item))}
    inform(item, "published", list(people.values()), now, key=int(now.timestamp()))
    return item


def _need_words(item: Item, subject: str, text: str) -> None:
    need(
        subject,
        "subject",
        _("The subject is missing."),
        _("Say in one line what it is about."),
        most=SUBJECT_LETTERS,
    )
    need(text, "text", _("The text is missing."), _("Say in your own words what was asked."))
    if " ".join(text.split()) == " ".join(item.text.split()):
        raise DomainError(
            _("This is the author's own text."),
            field="text",
            mend=_("Say in your own words what was asked, without anything that points at a person."),
        )


@transaction.atomic
def withdraw_publication(*, actor: User, item_id: int, reason: str, now: datetime) -> Item:
    """Take an item off the board; why is kept among the notes of the answering side."""
    item = locked(item_id)
    require(actor, "feedback.publish", item)
    if item.published_at is None:
        raise Conflict(_("It is not published."))
    need(reason, "reason", _("The reason is missing."), _("Say why it is taken off the board."))
    item.public_subject, item.public_text, item.published_at = "", "", None
    item.save(update_fields=["public_subject", "public_text", "published_at"])
    Note.objects.create(item=item, text=reason, by=actor, at=now)
    log.record(actor, "feedback.publication_withdrawn", item, now=now)
    return item


@transaction.atomic
def back(*, actor: User, item_id: int, interest: Interest, now: datetime) -> Item:
    """Say “me too” to a public item, or follow it; once for each person, so saying it again changes nothing."""
    item = locked(item_id)
    require(actor, "feedback.back", item)
    _backing, is_new = Backing.objects.get_or_create(item=item, person=actor, interest=interest)
    if is_new:
        _count(actor, item, "feedback.backed", interest, now)
    return item


@transaction.atomic
def unback(*, actor: User, item_id: int, interest: Interest, now: datetime) -> Item:
    """Take back a “me too”, or follow no longer, also after the item has left the board."""
    item = locked(item_id)
    require(actor, "feedback.unback", item)
    gone, _rows = Backing.objects.filter(item=item, person=actor, interest=interest).delete()
    if gone:
        _count(actor, item, "feedback.unbacked", interest, now)
    return item


def _count(actor: User, item: Item, act: str, interest: Interest, now: datetime) -> None:
    """Count the voices of a locked item anew, and record what was done."""
    if interest == Interest.ME_TOO:
        item.voices = Backing.objects.filter(item=item, interest=Interest.ME_TOO).count()
        item.save(update_fields=["voices"])
    log.record(actor, act, item, now=now, interest=interest)
