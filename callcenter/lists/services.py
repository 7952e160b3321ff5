"""Saving a view, giving it another name, taking it away; and the audit line of an export."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.audit import log
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.lists.asked import Asked
from callcenter.lists.models import LONGEST, SavedView
from callcenter.lists.spec import DataList

MOST_VIEWS = 30
"""Saved views that one person has of one list."""


@transaction.atomic
def save_view(*, actor: Any, data_list: DataList, name: str, query: str, now: datetime) -> SavedView:
    """Keep the address `query` of the list under `name`; a name that is used already is a Conflict."""
    if len(query) > LONGEST:
        raise DomainError(
            _("What the list shows is too much for a view."), code="too_long", mend=_("Choose fewer filters.")
        )
    _lock_views(actor)
    mine = SavedView.objects.of(actor, data_list.name)
    if mine.count() >= MOST_VIEWS:
        raise DomainError(
            _("You have %(most)d views of this list, the most one may keep.") % {"most": MOST_VIEWS},
            code="too_many",
            mend=_("Remove one first."),
        )
    _refuse_used(mine, name)
    view = SavedView(person=actor, list=data_list.name, name=name, query=query)
    view.save(force_insert=True)
    log.record(actor, "list.view_saved", view, now=now, list=view.list)
    return view


@transaction.atomic
def rename_view(*, actor: Any, view_id: int, name: str, now: datetime) -> SavedView:
    """Give the person's own view another name."""
    _lock_views(actor)
    view = own_view(actor, view_id)
    _refuse_used(SavedView.objects.of(actor, view.list).exclude(pk=view.pk), name)
    old, view.name = view.name, name
    view.save(update_fields=["name"])
    log.record(actor, "list.view_renamed", view, now=now, list=view.list, old=old)
    return view


@transaction.atomic
def remove_view(*, actor: Any, view_id: int, now: datetime) -> SavedView:
    """Take the person's own view away and return what it was, so that it can be saved again."""
    _lock_views(actor)
    view = own_view(actor, view_id)
    log.record(actor, "list.view_removed", view, now=now, list=view.list)
    view.delete()
    return view


def note_export(*, actor: Any, asked: Asked, form: str, rows: int, now: datetime) -> None:
    """Write into the audit who took which rows of a list out of the house, and as what (“csv”, “xlsx”)."""
    log.record(
        actor,
        "list.exported",
        actor,
        now=now,
        list=asked.data_list.name,
        form=form,
        rows=rows,
        query=asked.without_words(),
        picked=len(asked.picks),
    )


def _lock_views(actor: Any) -> None:
    """Lock the person's row, which stands for all of their views: two tabs cannot pass the limit or use a name twice."""
    get_user_model().objects.select_for_update().get(pk=actor.pk)


def own_view(actor: Any, view_id: int) -> SavedView:
    """Return the person's own view; anybody else's is a NotFound."""
    view: SavedView | None = SavedView.objects.filter(person=actor, pk=view_id).first()
    if view is None:
        raise NotFound(_("This view is not there any more."))
    return view


def _refuse_used(views: Any, name: str) -> None:
    if views.filter(name=name).exists():
        raise Conflict(
            _("You have a view “%(name)s” of this list already.") % {"name": name},
            field="name",
            mend=_("Choose another name."),
        )
