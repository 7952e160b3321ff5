"""Files of a complaint, as they are sent, kept and handed out."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from callcenter import uploads
from callcenter.access import NotAllowed
from callcenter.audit.models import Entry
from callcenter.errors import DomainError
from complaints import services
from complaints.models import Attachment, Complaint
from tests.complaints.files import PNG, REFUSED, TAKEN


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Keep the files of each test apart."""
    storages = {name: dict(given) for name, given in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {**storages["default"]["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = storages


def sent(name="bill.png", content=PNG) -> SimpleUploadedFile:
    """Return a file as a browser sends it, with a type that it claims."""
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def attach(house, real_now):
    """Return a function that attaches a file to a complaint, by its handler unless said otherwise."""

    def kept(complaint, file=None, actor=None) -> Attachment:
        return services.attach(
            actor=actor or house.supervisor, complaint_id=complaint.pk, file=file or sent(), now=real_now
        )

    return kept


def address_of(attachment: Attachment) -> str:
    return reverse("complaints:attachment", args=[attachment.complaint.reference, attachment.pk])


@pytest.mark.parametrize("name", TAKEN)
def test_every_kind_that_is_taken_is_known_by_its_content_and_comes_back_as_it_was(
    house, sign_in, real_now, attach, name
):
    content, kind = TAKEN[name]
    attachment = attach(house.complaint(now=real_now), sent(name, content))
    answer = sign_in(house.supervisor).get(address_of(attachment))
    assert b"".join(answer.streaming_content) == content
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.get(action="complaint.attachment_taken").actor == house.supervisor


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_in_words_that_name_what_is_taken(house, real_now, attach, what):
    complaint = house.complaint(now=real_now)
    with pytest.raises(DomainError) as refusal:
        attach(complaint, sent(*REFUSED[what]))
    assert refusal.value.field == "file"
    assert what == "nothing" or "PDF, PNG" in refusal.value.mend
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_and_one_too_many_are_refused(house, real_now, attach):
    complaint = house.complaint(now=real_now)
    with pytest.raises(DomainError, match="larger than 20 MB"):
        attach(complaint, sent(content=PNG + bytes(uploads.LARGEST)))
    for _one in range(uploads.MOST):
        attach(complaint)
    with pytest.raises(DomainError, match="more than 10 files"):
        attach(complaint)


def test_a_file_is_handed_only_to_those_who_see_the_complaint(house, sign_in, real_now, attach):
    complaint = house.complaint(now=real_now, staff_concerned=house.agent)
    address = address_of(attach(complaint))
    for who in ("lead", "executive"):
        answer = sign_in(getattr(house, who)).get(address)
        assert (answer.status_code, answer.getvalue()) == (200, PNG)
    for who in ("agent", "colleague", "administrator"):  # the agent is concerned, and nothing is ruled yet
        assert sign_in(getattr(house, who)).get(address).status_code == 404
    other = house.complaint(now=real_now)
    swapped = address.replace(complaint.reference, other.reference)
    assert sign_in(house.supervisor).get(swapped).status_code == 404


def test_only_those_who_work_on_it_attach_files(house, real_now, attach):
    complaint = house.complaint(now=real_now, actor=house.agent)
    attach(complaint, actor=house.agent)  # recorded it
    with pytest.raises(NotAllowed):
        attach(complaint, actor=house.colleague)


def test_what_a_failed_transaction_left_behind_is_removed_after_a_day_and_nothing_else(
    house, real_now, attach, tmp_path
):
    complaint = house.complaint(now=real_now)
    kept = attach(complaint)
    with transaction.atomic():
        attach(complaint)
        transaction.set_rollback(True)
    folder = tmp_path / kept.file.name.rpartition("/")[0]
    assert len(list(folder.iterdir())) == 2
    assert services.remove_orphans(now=real_now) == 0  # it may belong to a transaction that still runs
    yesterday = time.time() - timedelta(days=2).total_seconds()
    for file in folder.iterdir():
        os.utime(file, (yesterday, yesterday))
    assert services.remove_orphans(now=real_now) == 1
    assert default_storage.exists(kept.file.name)
    assert Complaint.objects.get().attachments.get() == kept


def test_the_name_of_a_stored_file_says_nothing(house, real_now, attach):
    kept = attach(house.complaint(now=real_now), ContentFile(PNG, name="../刘先生的账单.png"))
    assert kept.name == "刘先生的账单.png"
    assert "刘先生" not in kept.file.name
