"""Imports that were made before every kind shared one table arrive there, and go back."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.calls.centre import build

AT = datetime(2026, 3, 3, tzinfo=UTC)


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("calls", name)])
    return executor.loader.project_state([("calls", name), ("imports", "0001_initial")]).apps


@pytest.mark.slow
def test_imports_of_calls_move_with_their_refused_rows_and_back(
    django_db_serialized_rollback, transactional_db
):
    centre = build()
    try:
        old = migrate("0002_source")
        batch = old.get_model("calls", "Import").objects.create(
            source="acd",
            site_id=centre.here.pk,
            file_name="calls.xlsx",
            sha256="f" * 64,
            rows=3,
            new=1,
            repeated=1,
            rejected=1,
            at=AT,
            first_at=AT,
            last_at=AT,
        )
        rejects = old.get_model("calls", "Reject").objects
        rejects.create(batch=batch, row=4, column="Date", reason="no date", raw=[["Id", "7"], ["Date", "x"]])
        new = migrate("0003_move_imports")
        moved = new.get_model("imports", "Import").objects.get()
        assert (moved.kind, moved.place, moved.state) == ("calls", centre.here.pk, "done")
        assert (moved.rows, moved.new, moved.unchanged, moved.rejected) == (3, 1, 1, 1)
        assert (moved.header, moved.rejects.get().raw) == (["Id", "Date"], ["7", "x"])
        source = new.get_model("calls", "Source").objects.get()
        assert (source.name, source.calls, source.first_at) == ("acd", 1, AT)
        back = migrate("0002_source")
        again = back.get_model("calls", "Import").objects.get()
        assert (again.source, again.repeated, again.last_at) == ("acd", 1, AT)
        assert back.get_model("calls", "Reject").objects.get().raw == [["Id", "7"], ["Date", "x"]]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
