"""What was written without a name does not stay for ever (domain §5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from callcenter.access import SYSTEM
from callcenter.audit import log
from feedback.models import Answer, Dispute, File, HandOn, Item, Note, Suggestion, Word
from feedback.services.escalating import BATCH, until_done
from feedback.services.telling import house_policy


def erase_old(*, now: datetime, batch: int = BATCH) -> int:
    """Erase what was written in anonymous items that closed some days ago, and their files; return how many.

    What was published stays in the words of the answering side, and so does all that is counted: steps, instants,
    voices, marks. A suggestion is kept while it is carried out, and as long again for the reward to be claimed.
    """
    before = now - timedelta(days=house_policy().erase_after_days)
    return until_done(lambda: _erase_batch(before, now, batch))


@transaction.atomic
def _erase_batch(before: datetime, now: datetime, batch: int) -> int:
    due = Item.objects.to_erase(before).select_for_update(of=("self",), skip_locked=True)
    items = list(due.only("pk", "number")[:batch])
    if not items:
        return 0
    of = {"item__in": [item.pk for item in items]}
    paths = list(File.objects.filter(**of).values_list("file", flat=True))
    for said in (Word, Note, File):
        said.objects.filter(**of).delete()
    for explained in (Dispute, HandOn):
        explained.objects.filter(**of).update(reason="")
    private = Q(item__published_at=None) | Q(at__gt=F("item__published_at"))
    Answer.objects.filter(private, **of).update(text="")
    Suggestion.objects.filter(item__published_at=None, **of).update(reason="", result="")
    Item.objects.filter(pk__in=of["item__in"]).update(subject="", text="", erased_at=now)
    log.record_many(log.entry(SYSTEM, "feedback.erased", item, now=now) for item in items)
    transaction.on_commit(lambda: _delete(paths))
    return len(items)


def _delete(paths: Iterable[str]) -> None:
    for path in paths:
        default_storage.delete(path)
