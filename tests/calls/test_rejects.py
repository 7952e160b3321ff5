"""The refused rows of an import: who reads them, and what of them a screen shows."""

import pytest
from django.urls import reverse

from callcenter.imports import kinds
from callcenter.imports.models import Import, Reject
from tests.calls.centre import person
from tests.factories.imports import ImportFactory

HEADER = ["Agent", "Customer", "Date", "Rating"]
RAW = ["Dan", "Li 138 1234 5678", "2021-02-30", "13987654321"]


def import_of(site, **facts):
    options = {"site": site.pk, "source": "acd", "time_zone": "Asia/Shanghai"}
    given = {"kind": "calls", "place": site.pk, "options": options, "state": "done", "header": HEADER}
    return ImportFactory(**given, **facts)


def reject(site, **facts):
    batch = import_of(site, rows=2, new=1, rejected=1, **facts)
    Reject.objects.create(
        batch=batch, row=3, column="Rating", reason="“13987654321” is no whole number", raw=RAW
    )
    return batch


def page_of(client, user, batch):
    client.force_login(user)
    return client.get(batch.get_absolute_url())


@pytest.mark.parametrize("role", ["supervisor", "regional", "manager"])
def test_rejects_are_read_by_those_who_run_the_site(centre, client, role):
    answer = page_of(client, getattr(centre, role), reject(centre.here))
    assert len(answer.context["page"].rows) == 1


@pytest.mark.parametrize("role", ["administrator", "lead", "executive", "quality", "trainer"])
def test_rejects_are_hidden_from_who_sees_the_counts_only(centre, client, role):
    answer = page_of(client, getattr(centre, role), reject(centre.here))
    assert answer.status_code == 200
    assert not answer.context["page"].rows
    page = answer.content.decode()
    assert "Rating" not in page
    assert "Only whoever sent this file" in page


def test_rejects_are_read_by_who_imported_them(centre, client):
    answer = page_of(client, centre.administrator, reject(centre.far, by=centre.administrator))
    assert len(answer.context["page"].rows) == 1


def test_rejects_are_hidden_from_the_supervisor_of_another_site(centre, client):
    visitor = person("20010", "Visitor", centre.here, "supervisor", site=centre.near)
    assert not page_of(client, visitor, reject(centre.here)).context["page"].rows


def test_import_without_rejects_says_nothing_about_them(centre, client):
    answer = page_of(client, centre.lead, import_of(centre.here))
    assert "Only whoever sent this file" not in answer.content.decode()


def test_numbers_in_rejects_are_shown_without_their_middle(centre, client):
    page = page_of(client, centre.supervisor, reject(centre.here)).content.decode()
    assert "13987654321" not in page
    assert "138 1234 5678" not in page
    assert page.count("139****4321") == 2
    assert "138******5678" in page
    assert "2021-02-30" in page


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("supervisor", {"here"}),
        ("regional", {"here", "near"}),
        ("manager", {"here", "near", "far"}),
        ("administrator", {"here"}),
        ("lead", {"here"}),
        ("agent", set()),
    ],
)
def test_imports_seen_by_each_role(centre, role, seen):
    sites = {site.pk: site.code for site in (centre.here, centre.near, centre.far)}
    for site in (centre.here, centre.near, centre.far):
        import_of(site)
    found = kinds.get("calls").visible(Import.objects.all(), getattr(centre, role))
    assert {sites[batch.place] for batch in found} == seen


def test_import_is_seen_by_who_made_it(centre, client):
    assert (
        page_of(client, centre.administrator, import_of(centre.far, by=centre.administrator)).status_code
        == 200
    )


def test_refused_rows_are_taken_as_they_came_by_who_sent_them_alone(centre, client):
    batch = reject(centre.here, by=centre.supervisor)
    address = reverse("imports:rejects", args=[batch.pk, "csv"])
    client.force_login(centre.supervisor)
    lines = b"".join(client.get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Agent,Customer,Date,Rating,Problem"
    assert (
        lines[1]
        == "Dan,Li 138 1234 5678,2021-02-30,13987654321,row 3: Rating: “13987654321” is no whole number"
    )
    client.force_login(centre.manager)
    assert client.get(address).status_code == 403
