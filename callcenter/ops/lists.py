"""The lists of those who keep the product running, and of the bell."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from callcenter.lists.filters import FromDay, UntilDay, Words
from callcenter.lists.spec import Column, DataList, View
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message, State, StoredMail


class MessageFilter(django_filters.FilterSet):
    """What a message is about, how it goes, and local days (both included)."""

    q = Words("key")
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=_("any"))
    since = FromDay("due_at", _("From"))
    until = UntilDay("due_at", _("To"))


def _in_state(state: str) -> View:
    return View(state, State(state).label, lambda rows, _person, _now: rows.filter(state=state))


class OutboxList(DataList):
    """Every message of the house; personal content stays out."""

    name = "outbox"
    title = _("Outbox")
    url = "ops:outbox"
    permission = "ops.outbox"
    views = (
        View("all", _("All"), lambda rows, _person, _now: rows),
        *(_in_state(state) for state in State.values),
    )
    columns = (
        Column("due", _("Due"), ("due_at",), lambda row: row.due_at),
        Column("message", _("Message"), value=lambda row: row.key),
        Column("channel", _("Channel"), value=lambda row: row.get_channel_display(), sheet_only=True),
        Column("to", pgettext_lazy("mail", "To"), value=lambda row: row.recipient and row.recipient.name),
        Column("state", _("State"), value=lambda row: row.get_state_display()),
        Column("tries", _("Tries"), value=lambda row: row.attempts, css="num"),
        Column("error", _("Error"), value=lambda row: row.error, sheet_only=True),
        Column("act", _("Action")),
    )
    order = "-due"
    filters = MessageFilter
    words = _("What it is about")
    row = "ops/_outbox_row.html"
    empty_title = _("No message here")
    empty_text = _("Messages appear as soon as something is due.")

    def rows(self, person: Any) -> QuerySet[Message]:
        """Return all messages."""
        return Message.objects.select_related("recipient")


class MailFilter(django_filters.FilterSet):
    """Subject and addressees, and local days (both included)."""

    q = Words("subject", "to")
    since = FromDay("at", _("From"))
    until = UntilDay("at", _("To"))


class MailList(DataList):
    """The mails that the embedded product kept."""

    name = "mailbox"
    title = _("Mailbox")
    url = "ops:mailbox"
    permission = "ops.mailbox"
    columns = (
        Column("sent", pgettext_lazy("mail", "Sent"), ("id",), lambda row: row.at),
        Column("subject", _("Subject"), value=lambda row: row.subject),
        Column("to", pgettext_lazy("mail", "To"), value=lambda row: row.to),
    )
    order = "-sent"
    filters = MailFilter
    words = _("Subject or addressee")
    row = "ops/_mail_row.html"
    empty_title = _("No mail yet")
    empty_text = _(
        "Warnings and escalations appear here within seconds of being due, inside the mail window of the site."
    )

    def rows(self, person: Any) -> QuerySet[StoredMail]:
        """Return all kept mails without their texts."""
        return StoredMail.objects.defer("text", "html")


class NoticeList(DataList):
    """What the bell counts: what has arrived in the app for a person."""

    name = "notices"
    title = _("Notices")
    url = "ops:notices"
    views = (
        View("all", _("All"), lambda rows, _person, _now: rows),
        View(
            "new",
            pgettext_lazy("notice", "New"),
            lambda rows, _person, _now: rows.filter(read_at=None),
            counted=True,
        ),
    )
    columns = (
        Column("at", _("When"), ("due_at",), lambda row: row.due_at),
        Column("what", pgettext_lazy("notice", "What happened"), value=lambda row: row.words.subject),
        Column("state", _("State"), value=lambda row: "" if row.read_at else pgettext("notice", "new")),
    )
    order = "-at"
    row = "ops/_notice_row.html"
    empty_title = _("No notices")
    empty_text = _("What concerns you appears here.")

    def rows(self, person: Any) -> QuerySet[Message]:
        """Return the person's own notices."""
        mine = Message.objects.filter(channel=Channel.IN_APP, recipient=person, due_at__lte=timezone.now())
        return mine.exclude(state=State.CANCELLED)

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Put each notice into words, in the language of the page."""
        for row in rows:
            row.words = delivery.render(row, language=get_language())
