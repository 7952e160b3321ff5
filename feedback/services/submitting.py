"""Bringing an item before those who answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Department, Site, User
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.worktime import calendars, policies
from callcenter.worktime.clock import OutOfRange
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from feedback import selectors
from feedback.enums import Addressee, Category, Kind
from feedback.models import Author, File, Item, Suggestion
from feedback.services.telling import SUBJECT_LETTERS, need, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is written, named or not, and to whom.

    With the executive's office as addressee, `department` is the one that it is about. `site` is asked of an anonymous
    author who writes to the supervisor; of a named one it is known.
    """

    kind: Kind
    addressee: Addressee
    category: Category
    subject: str
    text: str
    department: Department | None = None
    site: Site | None = None


class CleanFile(Protocol):
    """A file without anything that tells of its maker, as feedback.anonymity cleans it."""

    @property
    def name(self) -> str:
        """Return the name to show."""

    @property
    def kind(self) -> str:
        """Return the media type that the file was found to be."""

    @property
    def bytes(self) -> bytes:
        """Return what is stored."""


@transaction.atomic
def submit_item(*, actor: User, wish: Wish, now: datetime, files: Sequence[CleanFile] = ()) -> Item:
    """Bring what the actor wrote to those who answer: they are told, and the answer gets its due instant at once.

    The deadline counts on the calendar of the actor's site, unless the policy names another. Where nobody but the actor
    answers it is refused, so that nothing waits before an empty chair.
    """
    require(actor, "feedback.submit")
    item = _item(replace(wish, site=actor.site), now)
    item.submitted_on, item.submitted_at = selectors.day_of_centre(now), now
    item.save(force_insert=True)
    Author.objects.create(item=item, person=actor)
    people = selectors.Desk(now).answerers(item)
    if not people:
        _refuse(wish)
    _release(actor, item, people, files, now)
    return item


@transaction.atomic
def admit(*, wish: Wish, receipt: bytes, files: Sequence[CleanFile], day: date, now: datetime) -> Item:
    """Bring what was written without a name to those who answer; only the batch calls this. `day` is when it was written.

    Its deadline runs from now. Where nobody is left to answer since it was written, it goes to the executive's office.
    """
    item = _item(wish, now)
    item.anonymous, item.receipt, item.submitted_on = True, receipt, day
    desk = selectors.Desk(now)
    if not desk.answerers(item):
        item.addressee = Addressee.EXECUTIVE
    item.save(force_insert=True)
    _release(SYSTEM, item, desk.answerers(item), files, now)
    return item


def check_wish(wish: Wish, *, now: datetime) -> None:
    """Raise a DomainError if the wish could not be submitted now; for the anonymous page, which cannot ask later."""
    item = _item(wish, now)
    item.anonymous = True
    if not selectors.Desk(now).answerers(item):
        _refuse(wish)


def _item(wish: Wish, now: datetime) -> Item:
    """Return the unsaved item with its deadline, after looking at what was written."""
    need(
        wish.subject,
        "subject",
        _("The subject is missing."),
        _("Say in one line what it is about."),
        most=SUBJECT_LETTERS,
    )
    need(wish.text, "text", _("The text is missing."), _("Say what you want them to know."))
    if wish.addressee == Addressee.DEPARTMENT and wish.department is None:
        raise DomainError(
            _("The department is missing."), field="department", mend=_("Choose who should answer.")
        )
    if wish.addressee == Addressee.SUPERVISOR and wish.site is None:
        raise DomainError(
            _("The site is missing."), field="site", mend=_("Choose the site whose supervisor should answer.")
        )
    policy = selectors.answer_policy(wish.department if wish.addressee == Addressee.DEPARTMENT else None)
    calendar = selectors.calendar_of(policy, wish.site)
    try:
        due = policy.due(now, calendars.load(calendar.pk))
    except OutOfRange:
        # A site whose calendar has no hours must not keep anybody from writing.
        due = policy.due(now, calendars.load_by_code(DEFAULT_CALENDAR))
    return _unsaved(wish, policy=policy, calendar=calendar, due=due, now=now)


def _unsaved(wish: Wish, *, policy: Any, calendar: Any, due: policies.Due, now: datetime) -> Item:
    return Item(
        kind=wish.kind,
        addressee=wish.addressee,
        department=wish.department,
        site=wish.site,
        category=wish.category,
        subject=wish.subject,
        text=wish.text,
        released_at=now,
        policy=policy,
        calendar=calendar,
        due_at=due.at,
        provisional=due.provisional,
    )


def _refuse(wish: Wish) -> None:
    if wish.addressee == Addressee.DEPARTMENT:
        raise DomainError(
            _("Nobody answers for %(department)s now.") % {"department": wish.department},
            field="department",
            mend=_("Choose another department, or ask an administrator to name an owner."),
        )
    raise DomainError(
        _("Nobody is there to answer this now."), field="addressee", mend=_("Choose who else should answer.")
    )


def _release(
    actor: Actor, item: Item, people: Sequence[User], files: Sequence[CleanFile], now: datetime
) -> None:
    """Do what follows once an item is there, in the same words for a named and an anonymous one."""
    if item.kind == Kind.SUGGESTION:
        Suggestion.objects.create(item=item)
    for file in files:
        stored = File(item=item, name=file.name, kind=file.kind, size=len(file.bytes))
        stored.file.save(uuid4().hex, ContentFile(file.bytes), save=False)
        stored.save(force_insert=True)
    log.record(
        actor,
        "feedback.submitted",
        item,
        now=now,
        to=item.addressee,
        department=item.department.name if item.department else "",
        due_at=item.due_at.isoformat(),
    )
    tell(item, "submitted", people, now)
