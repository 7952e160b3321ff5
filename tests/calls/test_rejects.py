"""The refused rows of an import: who reads them, and what of them a screen shows."""

import pytest

from calls.models import Reject
from tests.calls.centre import person
from tests.factories.calls import ImportFactory

RAW = [["Agent", "Dan"], ["Customer", "Li 138 1234 5678"], ["Date", "2021-02-30"], ["Rating", "13987654321"]]


def reject(site, **facts):
    batch = ImportFactory(site=site, rows=2, rejected=1, **facts)
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
    assert "Only whoever brought in these calls" in page


def test_rejects_are_read_by_who_imported_them(centre, client):
    answer = page_of(client, centre.administrator, reject(centre.far, by=centre.administrator))
    assert len(answer.context["page"].rows) == 1


def test_rejects_are_hidden_from_the_supervisor_of_another_site(centre, client):
    visitor = person("20010", "Visitor", centre.here, "supervisor", site=centre.near)
    assert not page_of(client, visitor, reject(centre.here)).context["page"].rows


def test_import_without_rejects_says_nothing_about_them(centre, client):
    answer = page_of(client, centre.lead, ImportFactory(site=centre.here))
    assert "Only whoever brought in these calls" not in answer.content.decode()


def test_numbers_in_rejects_are_shown_without_their_middle(centre, client):
    page = page_of(client, centre.supervisor, reject(centre.here)).content.decode()
    assert "13987654321" not in page
    assert "138 1234 5678" not in page
    assert page.count("139****4321") == 2
    assert "138******5678" in page
    assert "2021-02-30" in page
