"""Whether an answer is still the one that the caller knows."""

import pytest
from django.utils import timezone

from complaints.models import Complaint, Step
from tests.rest.conftest import error_of


@pytest.mark.parametrize("path", ["sites/", "teams/", "people/", "complaints/", "kpi/metrics/", "schema/"])
def test_whoever_knows_the_tag_gets_an_empty_304(house, program, path):
    house.complaint(now=timezone.now())
    client, address = program(), f"/api/v1/{path}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "private" in first["Cache-Control"]
    assert "Authorization" in first["Vary"]


def test_a_tag_changes_with_what_people_wrote_and_not_with_the_clock(house, program):
    complaint = house.complaint(now=timezone.now())
    client, address = program(), f"/api/v1/complaints/{complaint.reference}/"
    before = client.get(address)
    assert client.get(address)["ETag"] == before["ETag"]
    Complaint.objects.update(subject="Charged three times")
    assert client.get(address)["ETag"] != before["ETag"]


def test_nothing_is_done_to_a_complaint_that_changed_since_it_was_read(house, program):
    complaint = house.complaint(now=timezone.now())
    client, address = program(), f"/api/v1/complaints/{complaint.reference}/"
    known = client.get(address)["ETag"]
    Complaint.objects.update(demand="The money back")
    told = {"note": "We look into it."}
    answer = client.send(f"{address}respond/", told, **{"If-Match": known})
    assert error_of(answer) == (412, "changed", "If-Match")
    assert Step.objects.count() == 1
    known = client.get(address)["ETag"]
    answer = client.send(f"{address}respond/", told, **{"If-Match": known})
    assert answer.status_code == 200
    assert answer["ETag"] == client.get(address)["ETag"]
