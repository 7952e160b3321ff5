"""Files of a complaint: taken in, handed out on record, and removed where a failed transaction left one behind."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import PureWindowsPath
from typing import Final
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from agents.models import User
from callcenter import uploads
from callcenter.audit import log
from complaints.enums import Act
from complaints.models import Attachment, Complaint
from complaints.services.acting import begin, finish

UNDER_WAY: Final = timedelta(days=1)
"""A younger file may belong to a transaction that still runs."""
AT_ONCE: Final = 500
LONGEST_NAME: Final = 200


@transaction.atomic
def attach(*, actor: User, complaint_id: int, file: File, now: datetime) -> Attachment:
    """Keep a file with the complaint. DomainError if it is too large, one too many, or of a kind that is not taken."""
    complaint = begin(Act.ATTACH, complaint_id, actor=actor)
    [attachment] = keep(complaint, [file], actor=actor, now=now, field="file")
    finish(complaint, Act.ATTACH, actor=actor, now=now, facts={"file": attachment.name})
    return attachment


def keep(
    complaint: Complaint, files: Iterable[File], *, actor: User, now: datetime, field: str = "attachments"
) -> list[Attachment]:
    """Store files of a complaint that the caller holds locked; at most `uploads.MOST` in all. A refusal names `field`.

    A file is stored under a name of no meaning. If the transaction fails it stays behind, until `remove_orphans` finds it.
    """
    wanted = list(files)
    there = complaint.attachments.count() if wanted else 0
    uploads.check_room(there + len(wanted), field=field)
    return [_keep(complaint, file, uploads.check(file, field=field), actor, now) for file in wanted]


def _keep(complaint: Complaint, file: File, kind: str, actor: User, now: datetime) -> Attachment:
    name = PureWindowsPath(str(file.name)).name[-LONGEST_NAME:]  # without folders, however they are set apart
    attachment = Attachment(complaint=complaint, name=name, kind=kind, size=file.size, at=now, by=actor)
    attachment.file.save(uuid4().hex, file, save=False)
    attachment.save(force_insert=True)
    return attachment


@transaction.atomic
def take_attachment(*, actor: User, complaint_id: int, attachment_id: int, now: datetime) -> Attachment:
    """Return a file of a complaint that the actor sees; who took it, and when, is on record. DoesNotExist otherwise."""
    complaint = Complaint.objects.visible_to(actor).get(pk=complaint_id)
    attachment: Attachment = complaint.attachments.get(pk=attachment_id)
    log.record(actor, "complaint.attachment_taken", complaint, now=now, file=attachment.name)
    return attachment


def remove_orphans(*, now: datetime) -> int:
    """Remove the files of this month and the last that no complaint names, a day old at least; return how many."""
    removed = 0
    for names in _stored(now):
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in set(names) - known:
            if default_storage.get_modified_time(name) < now - UNDER_WAY:
                default_storage.delete(name)
                removed += 1
    return removed


def _stored(now: datetime) -> Iterator[list[str]]:
    """Yield the names of stored files, some at once."""
    last = now.replace(day=1) - timedelta(days=1)
    for month in {f"complaints/{day:%Y/%m}" for day in (now, now - UNDER_WAY, last)}:
        if not default_storage.exists(month):
            continue
        names = sorted(f"{month}/{name}" for name in default_storage.listdir(month)[1])
        yield from (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE))
