"""Today: what somebody has to do next, the most urgent first, and how the complaints stand that they see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints import services
from complaints.enums import Act, FollowUpOutcome, Tier
from complaints.models import Complaint
from complaints.selectors import tasks_of
from tests.course import cause


def needs_of(client, query: str = "") -> list[Complaint]:
    return [need["complaint"] for need in client.get(reverse("today") + query).context["needs"]]


def acts_of(person) -> list[Act]:
    return [task.act for task in tasks_of(person)]


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


@pytest.mark.parametrize(
    ("state", "who", "act"),
    [
        ("complaint", "supervisor", Act.VERIFY),
        ("verified", "service_manager", Act.RULE),
        ("ruled", "supervisor", Act.APOLOGISE),
        ("apologised", "supervisor", Act.RESOLVE),
        ("explained", "supervisor", Act.CLOSE),
        ("resolved", "service_manager", Act.HOLD_TO_ACCOUNT),
        ("resolved", "supervisor", Act.SET_CAUSE),
        ("closable", "supervisor", Act.CLOSE),
    ],
)
def test_each_state_is_on_the_page_of_whoever_has_the_next_step(house, sign_in, real_now, state, who, act):
    complaint = getattr(house, state)(now=real_now)
    (need,) = sign_in(getattr(house, who)).get(reverse("today")).context["needs"]
    assert (need["complaint"], need["label"]) == (complaint, act.label)


def test_the_customer_is_asked_by_whoever_was_appointed_else_by_another_supervisor(house, real_now):
    complaint = house.resolved(now=real_now)
    assert Act.FOLLOW_UP not in acts_of(house.supervisor)  # handled it
    services.appoint_caller(
        actor=house.supervisor, complaint_id=complaint.pk, person=house.colleague, now=real_now
    )
    assert acts_of(house.colleague) == [Act.FOLLOW_UP]


def test_reports_wait_for_whoever_files_them(house, real_now):
    house.satisfied(now=real_now, tier=Tier.GROUP)
    assert Act.FILE_REPORT in acts_of(house.regional)
    assert Act.FILE_REPORT not in acts_of(house.supervisor)


def test_a_corrective_action_waits_for_its_owner_and_then_for_the_service_department(house, real_now):
    complaint = house.resolved(now=real_now)
    by = {"complaint_id": complaint.pk, "now": real_now}
    services.set_cause(actor=house.supervisor, cause=cause(), **by)
    due_on = (real_now + timedelta(days=5)).date()
    correction = services.plan_correction(
        actor=house.supervisor, owner=house.lead, plan="Check each bill", due_on=due_on, **by
    )
    (task,) = tasks_of(house.lead)
    assert (task.act, task.at, task.has_deadline) == (Act.CARRY_OUT, correction.clock.due_at, True)
    services.carry_out(actor=house.lead, correction_id=correction.pk, done="Done", now=real_now)
    assert acts_of(house.lead) == []
    assert Act.JUDGE_CORRECTION in acts_of(house.service_manager)


def test_whoever_is_asked_has_the_question_and_nothing_else_of_the_complaint(house, sign_in, real_now):
    complaint = house.complaint(now=real_now, staff_concerned=house.agent, subject="Rude on the phone")
    services.ask(
        actor=house.supervisor, complaint_id=complaint.pk, person=house.agent, text="Why?", now=real_now
    )
    page = sign_in(house.agent).get(reverse("today"))
    (need,) = page.context["needs"]
    assert need["label"] == Act.ANSWER.label
    assert "Rude on the phone" not in page.content.decode()


def test_nobody_is_given_what_is_about_them_or_their_superior(house, real_now):
    house.verified(now=real_now, staff_concerned=house.service_manager, actor=house.supervisor)
    assert acts_of(house.service_manager) == []
    assert acts_of(house.supervisor) == []


def test_what_was_not_confirmed_comes_back_to_whoever_answers_one_level_up(house, real_now):
    complaint = house.resolved(now=real_now)
    house.call_back(complaint, FollowUpOutcome.NOT_SATISFIED, now=real_now)
    assert Act.APOLOGISE in acts_of(house.regional)


def test_today_counts_what_somebody_sees(house, sign_in, real_now):
    house.resolved(now=real_now)
    for days in (0, 30):
        house.complaint(now=real_now, received_at=real_now - timedelta(days=days))
    figures = sign_in(house.executive).get(reverse("today")).context["figures"]
    assert [figure["value"] for figure in figures] == [2, 1, 0, "100\N{NO-BREAK SPACE}%"]


def test_today_is_brought_up_to_date_with_its_sentence_and_figures(house, sign_in, real_now):
    client = sign_in(house.supervisor)
    house.complaint(now=real_now)
    part = client.get(reverse("today"), headers={"HX-Request": "true"})
    for words in ('id="state"', "1 thing needs you.", "Open complaints", "Nothing waits"):
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


@pytest.mark.parametrize("count", [1, 12])
def test_the_query_count_of_today_does_not_grow(house, sign_in, real_now, count, django_assert_num_queries):
    for _one in range(count):
        house.complaint(now=real_now)
    client = sign_in(house.supervisor)
    client.get(reverse("today"))
    with django_assert_num_queries(6):
        client.get(reverse("today"))


def test_a_customer_who_was_never_reached_leaves_it_to_be_closed(house, real_now):
    complaint = house.resolved(now=real_now)
    services.set_cause(actor=house.supervisor, complaint_id=complaint.pk, cause=cause(), now=real_now)
    services.hold_to_account(
        actor=house.service_manager, complaint_id=complaint.pk, note="A fault of the system", now=real_now
    )
    assert acts_of(house.supervisor) == []
    for days in (1, 2, 3):
        house.call_back(complaint, FollowUpOutcome.NOT_REACHED, now=real_now + timedelta(days=days))
    assert acts_of(house.colleague) == []
    assert acts_of(house.supervisor) == [Act.CLOSE]
