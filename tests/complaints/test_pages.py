"""The page of a complaint and what may be done there, through real requests."""

from datetime import timedelta

import pytest
from django.urls import reverse

from callcenter.audit.models import Entry
from complaints import services
from complaints.enums import FollowUpOutcome, Tier
from complaints.models import Cause, Complaint
from tests.course import cause
from tests.documents.reader import characters


def page(client, complaint, query: str = ""):
    return client.get(complaint.get_absolute_url() + query)


@pytest.mark.parametrize(
    "state",
    [
        "complaint",
        "verified",
        "ruled",
        "apologised",
        "resolved",
        "satisfied",
        "closable",
        "closed",
        "explained",
        "merged",
    ],
)
def test_the_page_shows_a_complaint_in_every_state(house, sign_in, real_now, state):
    complaint = getattr(house, state)(now=real_now)
    answer = page(sign_in(house.service_manager), complaint)
    assert answer.status_code == 200
    assert complaint.get_status_display() in answer.content.decode()


def test_a_report_is_printed_as_it_was_filed_in_chinese_and_that_is_on_record(house, sign_in, real_now):
    complaint = house.closable(now=real_now, tier=Tier.GROUP)
    words = "客户反映两次上门均被收费，经核实属实，已退款。"
    services.file_report(
        actor=house.regional, complaint_id=complaint.pk, receiver="集团客服部", text=words, now=real_now
    )
    filed = complaint.reports.latest("pk")
    client = sign_in(house.regional)
    address = reverse("complaints:report", args=[complaint.reference, filed.pk])
    assert address in page(client, complaint).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert set(words) | set("集团客服部") <= characters(answer.content)
    assert Entry.objects.filter(action="complaint.printed", actor=house.regional).count() == 1
    other = house.complaint(now=real_now)
    assert client.get(reverse("complaints:report", args=[other.reference, filed.pk])).status_code == 404


def test_the_printed_record_tells_the_whole_course(house, sign_in, real_now):
    complaint = house.closed(now=real_now)
    answer = sign_in(house.supervisor).get(reverse("complaints:pdf", args=[complaint.reference]))
    assert answer.status_code == 200
    assert set("Waiting words") - {" "} <= characters(answer.content)


def test_every_clock_stands_on_the_page_with_its_result(house, sign_in, real_now):
    complaint = house.resolved(now=real_now)
    house.call_back(complaint, FollowUpOutcome.NOT_SATISFIED, now=real_now)
    readings = page(sign_in(house.regional), complaint).context["readings"]
    told = {(reading.clock.kind, reading.clock.version, reading.state) for reading in readings}
    assert {(kind, 1, "stopped") for kind in ("response", "same_day", "resolution")} <= told


def test_lists_are_narrowed_by_what_is_left_to_do_cause_and_deadline(house, sign_in, real_now):
    resolved, satisfied = house.resolved(now=real_now), house.satisfied(now=real_now)
    late = house.complaint(now=real_now, received_at=real_now - timedelta(days=30))
    above = cause("bills", "Bills")
    below = Cause.objects.create(code="twice", name="Billed twice", parent=above)
    by = {"complaint_id": resolved.pk, "now": real_now}
    services.set_cause(actor=house.supervisor, cause=below, **by)
    client = sign_in(house.supervisor)

    def found(query: str) -> list[Complaint]:
        return client.get(reverse("complaints:list") + query).context["list"].page.rows

    assert found("?view=follow_up") == found("?view=resolved&cause=bills") == [resolved]
    assert found("?view=close") == [satisfied]
    assert found("?view=open&breach=late") == found("?view=open&answers=1001") == [late]
    assert found("?view=open&breach=in_time") == []
    sheet = b"".join(client.get(reverse("complaints:list") + "?view=follow_up&export=csv")).decode()
    assert "Billed twice" in sheet
