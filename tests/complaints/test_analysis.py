"""The analysis of causes: its figures worked out by hand, for whom, and how they are handed on."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from agents.models import ServiceRule
from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message
from callcenter.worktime import calendars
from calls.models import Customer
from complaints import services
from complaints.analysis import Period, figures
from complaints.analysis.paper import paper
from complaints.models import Cause, Complaint, MonthlyAnalysis, Pause, Ruling
from tests.dates import SINCE

PAGE = reverse("complaints:analysis")
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))


def ask(now, complaints=None, period=MONTH):
    return figures(Complaint.objects.all() if complaints is None else complaints, period, now=now)


@pytest.fixture
def case(house, now):
    """Three complaints: one resolved in five working hours, one too late after waiting for an hour, one that runs."""
    quick, slow, running = (house.complaint(now=now, subject=f"Case {n}") for n in range(3))
    cause = Cause.objects.create(code="billing", name="Billing")
    refund = Cause.objects.create(code="refund", name="Refunds", parent=cause)
    # Wednesday 10:00; the site works from 8:30 to 17:30.
    _resolve(quick, now + timedelta(hours=5), refund)
    _resolve(slow, now + timedelta(days=5), cause)
    Pause.objects.create(
        complaint=slow,
        reason="x",
        by=house.supervisor,
        at=now + timedelta(hours=1),
        until_at=now + timedelta(hours=2),
        ended_at=now + timedelta(hours=2),
    )
    return quick, slow, running


def _resolve(complaint, at: datetime, cause):
    Complaint.objects.filter(pk=complaint.pk).update(status="resolved", resolved_at=at, cause=cause)


def test_the_working_time_of_the_database_is_that_of_the_calendar(house, case, now):
    found = ask(now + timedelta(days=6))
    hours = calendars.load(house.site.calendar_id)
    quick, slow = hours.elapsed(now, now + timedelta(hours=5)), hours.elapsed(now, now + timedelta(days=5))
    assert found["lasted"]["with_pauses"] == {
        "p50": (quick + slow) / 2,
        "p90": pytest.approx(quick + 0.9 * (slow - quick)),
    }
    assert found["lasted"]["without_pauses"]["p50"] == (quick + slow - 3600) / 2


def test_totals_causes_and_bars_count_every_complaint_once(case, now):
    found = ask(now + timedelta(days=6))
    assert found["total"] == {
        "received": 3,
        "valid": 0,
        "resolved": 2,
        "late": 2,
        "in_time": 1,
        "in_time_with_pauses": 1,
        "paused": 1,
        "paused_seconds": 3600,
    }
    assert [(row["code"], row["received"]) for row in found["causes"]] == [
        ("billing", 1),
        ("refund", 1),
        ("", 1),
    ]
    assert sum(row["resolved"] for row in found["spread"]) == 2
    assert sum(row["received"] for row in found["trend"]) == 3
    assert len(found["trend"]) == 30


def test_what_was_merged_counts_in_the_other_alone(house, case, now):
    quick, _slow, running = case
    Complaint.objects.filter(pk=running.pk).update(
        status="merged", merged_into=quick, resolved_at=now, closed_at=now
    )
    assert ask(now + timedelta(days=6))["total"]["received"] == 2


def test_missed_clocks_are_counted_by_kind_and_the_deadline_by_level(house, now):
    house.complaint(now=now)
    later = now + timedelta(days=7)
    services.sweep_clocks(now=later)
    found = ask(later)
    assert [(row["kind"], row["clocks"], row["breached"]) for row in found["stages"]] == [
        ("response", 1, 0),
        ("same_day", 1, 1),
        ("resolution", 1, 1),
    ]
    assert sum(row["clocks"] for row in found["levels"]) == 1


def test_repeated_customers_are_masked_and_staff_are_counted_by_what_was_valid(house, now):
    customer = Customer.objects.create(name="Liu Yang", phone="13812345678")
    for _each in range(2):
        complaint = house.complaint(now=now, staff_concerned=house.agent)
        Complaint.objects.filter(pk=complaint.pk).update(customer=customer)
    ruled(house, complaint, now)
    found = ask(now)
    assert found["customers"]["most"] == [{"name": "L**", "contact": "138****5678", "received": 2}]
    assert found["staff"]["most"] == [
        {"work_number": house.agent.work_number, "name": house.agent.name, "received": 2, "valid": 1}
    ]


def ruled(house, complaint, now):
    rule = ServiceRule.objects.create(code="R1", title="Hold", period=DateRange(SINCE, None))
    Ruling.objects.create(
        complaint=complaint, outcome="valid", rule=rule, opinion="x", by=house.service_manager, at=now
    )


def test_nothing_at_all_is_an_answer_too(house, now):
    found = ask(now)
    assert found["total"]["received"] == 0
    assert found["lasted"]["with_pauses"] == {"p50": None, "p90": None}


def test_each_sees_the_figures_of_what_they_may_see(house, sign_in, real_now):
    house.complaint(now=real_now)
    seen = sign_in(house.supervisor).get(PAGE)
    assert seen.context["found"]["total"]["received"] == 1
    assert sign_in(house.person("1101x", Role.TEAM_LEAD)).get(PAGE).context["found"]["total"]["received"] == 0
    for person in (house.agent, house.administrator):
        assert sign_in(person).get(PAGE).status_code == 403


def test_the_page_asks_little_however_much_there_is(house, sign_in, real_now, django_assert_max_num_queries):
    for _each in range(3):
        house.complaint(now=real_now, staff_concerned=house.agent)
    client = sign_in(house.service_manager)
    client.get(PAGE)
    cache.clear()
    with django_assert_max_num_queries(25):
        assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "received_from=x",
        "received_until=0001-01-01",
        "received_from=2026-02-01&received_until=2026-01-01",
        "site=no",
    ],
)
def test_a_wrong_question_is_refused_in_words(house, sign_in, query):
    answer = sign_in(house.service_manager).get(f"{PAGE}?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("part", ["causes", "trend", "spread", "stages", "customers", "staff"])
def test_every_part_can_be_taken_along_which_is_on_record(house, sign_in, real_now, part):
    house.complaint(now=real_now)
    client = sign_in(house.supervisor)
    for form in ("csv", "xlsx"):
        answer = client.get(reverse("complaints:analysis_sheet", args=[part, form]))
        assert b"".join(answer.streaming_content)
    assert Entry.objects.filter(action="complaints.analysis_taken").count() == 2


def test_on_paper_nobody_is_named(house, sign_in, case, real_now):
    found = ask(real_now)
    found["customers"]["most"] = [{"name": "L**", "contact": "138****5678", "received": 2}]
    written = str(paper(found, []))
    assert "138" not in written
    answer = sign_in(house.supervisor).get(reverse("complaints:analysis_pdf"))
    assert answer.content.startswith(b"%PDF")


def test_programs_get_the_same_figures(house, sign_in, real_now):
    house.complaint(now=real_now)
    client = sign_in(house.supervisor)
    answer = client.get("/api/v1/complaints/analysis/", {"site": house.site.code})
    assert answer.json()["total"]["received"] == 1
    wrong = client.get("/api/v1/complaints/analysis/", {"tier": "9"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "tier")


def test_a_month_is_analysed_once_and_told_to_its_readers_once(house, now):
    house.complaint(now=now)
    assert services.write_monthly(now=now) == 1  # October, without any
    later = now + timedelta(days=14)
    assert [services.write_monthly(now=later) for _each in range(3)] == [1, 0, 0]
    made = MonthlyAnalysis.objects.get(month=date(2026, 11, 1))
    assert made.figures["total"]["received"] == 1
    told = Message.objects.filter(topic=f"analysis:{made}", channel="email")
    assert {message.recipient for message in told} == {house.service_manager, house.executive}
    assert "received: 1" in render(told[0]).text


def test_a_month_is_read_by_those_who_see_everything(house, sign_in, now):
    services.write_monthly(now=now)
    page = MonthlyAnalysis.objects.get().get_absolute_url()
    assert sign_in(house.executive).get(page).status_code == 200
    assert sign_in(house.executive).get(f"{page}pdf/").content.startswith(b"%PDF")
    assert sign_in(house.executive).get(reverse("complaints:months")).status_code == 200
    assert sign_in(house.regional).get(page).status_code == 403
    assert sign_in(house.executive).get(reverse("complaints:month", args=["2026-13"])).status_code == 404
