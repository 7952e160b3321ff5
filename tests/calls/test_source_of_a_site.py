"""A source belongs to one site, by whatever way its calls come in."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from callcenter.access import SYSTEM
from callcenter.errors import Conflict
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import Call, Source
from tests.calls import sample
from tests.calls.centre import NOW, build
from tests.imports.bring import bring as bring_file


def row(call_id, **facts):
    return CallRow(call_id, datetime(2026, 3, 2, 1, tzinfo=UTC), Outcome.ANSWERED, **facts)


def record(site, *rows, source="acd"):
    return services.record_calls(actor=SYSTEM, source=source, site=site, rows=rows, now=NOW)


def sites_of_calls():
    return set(Call.objects.values_list("site__code", "call_id", "talk_seconds"))


@pytest.fixture
def far_calls(centre):
    """Return the centre, whose far site has the call ID0001 of source “calls”."""
    record(centre.far, row("ID0001", talk_seconds=7), source="calls")
    return centre


@pytest.mark.parametrize(
    "rows",
    [[row("ID0001", talk_seconds=9, revision=1)], [row("ID0001", talk_seconds=9)], [row("ID0002")]],
    ids=["correction", "contradiction", "new call"],
)
def test_calls_of_a_source_of_another_site_are_refused_and_change_nothing(far_calls, rows):
    with pytest.raises(Conflict) as refused:
        record(far_calls.here, *rows, source="calls")
    assert (refused.value.status, refused.value.field) == (409, "source")
    assert "Far" in str(refused.value.message)
    assert refused.value.mend
    assert sites_of_calls() == {("far", "ID0001", 7)}
    assert Source.objects.count() == 1


def test_file_whose_name_is_a_source_of_another_site_is_refused(far_calls):
    with pytest.raises(Conflict) as refused:
        bring_file(
            "calls",
            sample.xlsx(sample.good_rows(3)),
            actor=far_calls.supervisor,
            file_name="calls.xlsx",
            given={"site": far_calls.here, "source": "", "time_zone": ""},
            now=NOW,
        )
    assert refused.value.field == "source"
    assert sites_of_calls() == {("far", "ID0001", 7)}


def test_same_content_at_another_site_is_refused(centre):
    content = sample.xlsx(sample.good_rows(3)).getvalue()
    asked = {"source": "", "time_zone": ""}
    bring_file("calls", io.BytesIO(content), given={"site": centre.here, **asked}, now=NOW)
    with pytest.raises(Conflict):
        bring_file("calls", io.BytesIO(content), given={"site": centre.far, **asked}, now=NOW)
    assert set(Call.objects.values_list("site__code", flat=True)) == {"here"}


def test_page_says_at_the_source_that_it_belongs_to_another_site(far_calls, client):
    client.force_login(far_calls.supervisor)
    file = SimpleUploadedFile("calls.xlsx", sample.xlsx(sample.good_rows(3)).getvalue())
    answer = client.post(reverse("imports:send", args=["calls"]), {"file": file, "site": far_calls.here.pk})
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["source"]
    assert sites_of_calls() == {("far", "ID0001", 7)}


def test_command_says_that_the_source_belongs_to_another_site(far_calls, tmp_path):
    path = tmp_path / "calls.xlsx"
    path.write_bytes(sample.xlsx(sample.good_rows(3)).getvalue())
    with pytest.raises(CommandError, match="belongs to the site Far"):
        call_command("import_calls", str(path), site="here")
    call_command("import_calls", str(path), site="here", source="calls of here")
    assert Call.objects.filter(site=far_calls.here).count() == 3


def test_import_that_took_no_call_claims_no_source(centre):
    record(centre.far)
    assert record(centre.here, row("1")).new == 1


def test_two_sites_claiming_a_source_at_the_same_moment_do_not_share_it(
    django_db_serialized_rollback, transactional_db
):
    centre, start = build(), Barrier(2)

    def bring(site):
        try:
            start.wait()
            return record(site, *(row(f"{site.code}{number}") for number in range(200)), row("both")).new
        except Conflict:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(bring, (centre.here, centre.far)))
    assert sorted(taken) == [0, 201]
    assert Call.objects.values("site").distinct().count() == 1
