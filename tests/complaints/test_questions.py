"""What the person concerned sees of a complaint: the questions put to them, and the rest after the ruling."""

import pytest
from django.urls import reverse

from complaints import services
from complaints.models import Question

SECRET = "Rude on the phone"


@pytest.fixture
def asked(house, real_now) -> Question:
    """Return a question to the agent whom a complaint is about."""
    complaint = house.verified(now=real_now, staff_concerned=house.agent, subject=SECRET)
    return services.ask(
        actor=house.supervisor,
        complaint_id=complaint.pk,
        person=house.agent,
        text="What did you promise?",
        now=real_now,
    )


def test_the_person_concerned_sees_the_question_and_nothing_else_before_the_ruling(house, sign_in, asked):
    client = sign_in(house.agent)
    listed = client.get(reverse("complaints:questions")).content.decode()
    shown = client.get(reverse("complaints:answer", args=[asked.pk])).content.decode()
    for page in (listed, shown):
        assert "What did you promise?" in page
        assert SECRET not in page
        assert "Mr Liu" not in page
    for address in (
        asked.complaint.get_absolute_url(),
        reverse("complaints:pdf", args=[asked.complaint.reference]),
        reverse("complaints:act", args=[asked.complaint.reference, "apologise"]),
    ):
        assert client.get(address).status_code == 404


def test_they_answer_once_and_the_answer_stands_in_the_story(house, sign_in, asked):
    address = reverse("complaints:answer", args=[asked.pk])
    client = sign_in(house.agent)
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "A visit on Monday."}).url == reverse("complaints:questions")
    again = client.post(address, {"text": "Or on Tuesday."})
    assert (again.status_code, "Or on Tuesday." in again.content.decode()) == (403, True)
    page = sign_in(house.supervisor).get(asked.complaint.get_absolute_url()).content.decode()
    assert "A visit on Monday." in page


def test_after_the_ruling_they_see_the_complaint_and_may_make_good(house, sign_in, real_now):
    complaint = house.ruled(now=real_now, staff_concerned=house.agent)
    page = sign_in(house.agent).get(complaint.get_absolute_url())
    assert [str(act["label"]) for act in page.context["acts"]] == ["Apologise"]
    assert page.context["may_see_contact"] is False


def test_a_question_is_for_whoever_was_asked_alone(house, sign_in, asked):
    for person in (house.colleague, house.supervisor, house.executive):
        client = sign_in(person)
        assert client.get(reverse("complaints:answer", args=[asked.pk])).status_code == 404
        assert "What did you promise?" not in client.get(reverse("complaints:questions")).content.decode()


def test_whoever_was_asked_and_answers_for_it_too_is_led_there_from_the_complaint(house, sign_in, real_now):
    complaint = house.complaint(now=real_now)
    services.ask(
        actor=house.supervisor, complaint_id=complaint.pk, person=house.regional, text="Why?", now=real_now
    )
    acts = sign_in(house.regional).get(complaint.get_absolute_url()).context["acts"]
    assert acts[0]["url"] == reverse("complaints:questions")
