import pytest
from django.db import InternalError, connection, transaction

from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.audit.models import Entry


@pytest.fixture
def entry(house, now):
    return log.record(SYSTEM, "site.looked_at", house.site, now=now, why="test")


def test_an_entry_keeps_who_what_and_the_names_of_then(entry, house, now):
    assert (entry.actor_name, entry.actor_id, entry.action) == ("system", None, "site.looked_at")
    assert (entry.object_type, entry.object_id, entry.object_name) == (
        "agents.site",
        str(house.site.pk),
        "Main",
    )
    assert (entry.at, entry.details) == (now, {"why": "test"})


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.update(action="forged"),
        lambda: Entry.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE audit_entry SET actor_name = 'x'"),
        lambda: connection.cursor().execute("DELETE FROM audit_entry"),
    ],
    ids=["update", "delete", "raw update", "raw delete"],
)
def test_the_database_refuses_to_change_an_entry(entry, change):
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        change()
    entry.refresh_from_db()
    assert entry.action == "site.looked_at"
