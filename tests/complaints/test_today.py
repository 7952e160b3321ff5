"""Today: what waits for a person, the most urgent first, and how the complaints stand that they see."""

from datetime import timedelta

from django.urls import reverse

from complaints import services
from complaints.models import Complaint


def needs_of(client, query: str = "") -> list[Complaint]:
    return [need["complaint"] for need in client.get(reverse("today") + query).context["needs"]]


def test_today_shows_what_waits_for_this_person_alone(house, sign_in, real_now):
    complaint = house.complaint(now=real_now)
    assert needs_of(sign_in(house.regional)) == []
    assert needs_of(sign_in(house.supervisor)) == [complaint]


def test_today_begins_with_the_least_working_time_and_obeys_the_place_in_the_address(
    house, sign_in, real_now
):
    on_time = house.complaint(now=real_now)
    late = house.complaint(now=real_now, received_at=real_now - timedelta(days=30))
    client = sign_in(house.supervisor)
    for everything in ("", "?site=main", "?team=nonsense"):
        assert needs_of(client, everything) == [late, on_time]
    for nothing in ("?site=elsewhere", f"?team={9**30}"):
        assert needs_of(client, nothing) == []


def test_today_counts_what_somebody_sees(house, sign_in, real_now):
    services.resolve_complaint(
        actor=house.supervisor, complaint_id=house.complaint(now=real_now).pk, solution="Paid", now=real_now
    )
    for days in (0, 30):
        house.complaint(now=real_now, received_at=real_now - timedelta(days=days))
    figures = sign_in(house.executive).get(reverse("today")).context["figures"]
    assert [figure["value"] for figure in figures] == [2, 1, 0, "100\N{NO-BREAK SPACE}%"]


def test_today_is_brought_up_to_date_with_its_sentence_and_figures(house, sign_in, real_now):
    client = sign_in(house.supervisor)
    house.complaint(now=real_now)
    part = client.get(reverse("today"), headers={"HX-Request": "true"})
    for words in ('id="state"', "1 complaint needs you.", "Open complaints", "Nothing waits"):
        assert (words in part.content.decode()) == (words != "Nothing waits")
    assert "<html" not in part.content.decode()


def test_an_agent_sees_on_today_how_the_complaints_stand_that_they_recorded(house, sign_in, real_now):
    complaint = house.complaint(actor=house.agent, now=real_now)
    page = sign_in(house.agent).get(reverse("today"))
    assert page.context["needs"] == []
    assert [row["complaint"] for row in page.context["recorded"]] == [complaint]
    assert "Record complaint" in page.content.decode()


def test_somebody_without_complaints_is_led_to_their_own_pages(house, sign_in):
    assert reverse("feedback:board") in sign_in(house.administrator).get(reverse("today")).content.decode()
