"""The migrated database is made once, and a test that commits leaves nothing but what the migrations wrote."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection

from callcenter.audit.models import Entry
from callcenter.worktime.models import Calendar
from devtools import migrated


@pytest.fixture
def apps(tmp_path, monkeypatch):
    """A house with one app, whose migration imports a module beside it."""
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "__init__.py").touch()
    (tmp_path / "app" / "words.py").write_text("WORDS = 1")
    (tmp_path / "app" / "migrations" / "0001_initial.py").write_text("from app.words import WORDS")
    return tmp_path


@pytest.mark.parametrize(
    "changed", ["app/migrations/0001_initial.py", "app/migrations/0002.py", "app/words.py"]
)
def test_what_a_migrated_database_holds_makes_another_one(apps, changed):
    before = migrated._key()
    (apps / "app" / "views.py").write_text("has no say in it")
    assert migrated._key() == before
    with (apps / changed).open("a") as file:
        file.write("\n# changed")
    assert migrated._key() != before


def test_a_missing_copy_leaves_nothing_behind(tmp_path):
    assert not migrated._copied(tmp_path / "nowhere", tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_what_the_migrations_wrote_comes_back_and_nothing_else_stays(
    django_db_serialized_rollback, transactional_db
):
    kept = set(Calendar.objects.values_list("code", flat=True))
    permissions = Permission.objects.count()
    Calendar.objects.create(code="new", name="New", base="none", weekly={})
    Calendar.objects.filter(code__in=kept).update(name="Changed")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, actor_name, action, object_type, object_id, object_name, details)"
            " VALUES (now(), '', 'x', '', '', '', '{}')"
        )
    call_command("flush", interactive=False, inhibit_post_migrate=True, reset_sequences=False, verbosity=0)
    assert (Calendar.objects.count(), Entry.objects.count(), Permission.objects.count()) == (0, 0, 0)
    connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    assert set(Calendar.objects.values_list("code", flat=True)) == kept
    assert not Calendar.objects.filter(name="Changed").exists()
    assert Permission.objects.count() == permissions
