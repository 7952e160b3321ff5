"""The weekly report to the leaders: what it counts, that it is made once, and who is told."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from callcenter.audit.models import Entry
from callcenter.outbox.models import Channel, Message
from callcenter.worktime import calendars
from callcenter.worktime.models import Calendar
from feedback import services
from feedback.enums import Escalation
from feedback.figures import CUTS
from feedback.leaders.table import REST, all_of, rows
from feedback.models import FeedbackPolicy, Report
from tests.feedback.leaders.conftest import MONDAY, NEXT_MONDAY, answered, confirmed, escalated, survey


def made(now=NEXT_MONDAY) -> dict:
    services.make_reports(now=now)
    return Report.objects.latest("since").figures


def test_a_report_tells_what_happened_in_the_week_at_the_centre(happened):
    happened(6, **answered(2))
    happened(5, **answered(80), **escalated())
    survey(happened(5, **confirmed()))
    survey(happened(5, at=MONDAY + timedelta(hours=1), **confirmed()), satisfied=False, expected=5, found=1)
    happened(5, at=MONDAY - timedelta(days=1))
    told = all_of([made()], "department").figures
    assert told["new"] == 21
    assert told["answered"] == 21
    assert told["on_time"] == round(16 / 21, 4)
    assert (told["overdue"], told["disputed"]) == (5, 0)
    assert told["satisfied"] == 0.5
    assert (told["expected_quality"], told["found_quality"], told["gap"]) == (4.5, 2, -2.5)
    assert (told["expected_days"], told["found_days"]) == (2, 0)
    assert told["answer_p50"] == 2 * 3600
    assert told["answer_p90"] > 8 * 3600


def test_small_groups_are_together_with_others_and_nothing_can_be_subtracted(happened, departments):
    happened(20)
    happened(7, to=departments.hr)
    happened(2, to=departments.kitchen)
    figures = made()
    told = {one.name: one.figures["new"] for one in rows([figures], "department")}
    assert {name: new for name, new in told.items() if new} == {"IT": 20, "Others together": 9}
    assert told["HR"] is None
    assert told["Kitchen"] is None
    assert all_of([figures], "department").figures["new"] == 29


def test_four_items_of_a_week_are_told_nowhere(happened):
    happened(4)
    figures = made()
    assert all_of([figures], "department").figures["new"] is None
    for by in CUTS:
        assert {one.figures["new"] for one in rows([figures], by)} <= {None}


def test_a_share_is_hidden_where_one_of_its_parts_is_small(happened):
    happened(20, **answered(2))
    happened(3, **answered(90))
    told = all_of([made()], "department").figures
    assert told["answered"] == 23
    assert told["on_time"] is None


def test_a_site_with_too_few_people_is_never_told_alone(happened, house):
    FeedbackPolicy.objects.update(smallest_unit=50)
    happened(30)
    figures = made()
    told = {one.key: one.figures["new"] for one in rows([figures], "site")}
    assert told[REST] == 30
    assert str(house.site.pk) not in told
    assert str(house.site.pk) not in {one.key for one in rows([figures], "site")}


def test_weeks_add_up_without_the_weeks_that_are_hidden(happened):
    happened(6)
    happened(3, at=MONDAY + timedelta(weeks=1))
    happened(7, at=MONDAY + timedelta(weeks=2))
    services.make_reports(now=MONDAY + timedelta(weeks=3))
    weeks = [report.figures for report in Report.objects.order_by("since")]
    told = next(one for one in rows(weeks, "department") if one.name == "IT")
    assert told.said("new") == "≥ 13"


def test_a_share_of_few_weeks_does_not_stand_for_all(happened):
    happened(20, **answered(2))
    second = MONDAY + timedelta(weeks=1)
    happened(18, at=second, **answered(2, at=second))
    happened(2, at=second, **answered(90, at=second))
    services.make_reports(now=MONDAY + timedelta(weeks=2))
    weeks = [report.figures for report in Report.objects.order_by("since")]
    assert all_of(weeks[:1], "department").figures["on_time"] == 1
    assert all_of(weeks, "department").figures["on_time"] is None
    assert all_of(weeks, "department").figures["answered"] == 40


def test_nothing_is_said_of_escalations_of_a_group_where_weeks_of_them_are_hidden(happened, departments):
    for week in range(2):
        at = MONDAY + timedelta(weeks=week)
        happened(9, at=at, **escalated(at=at))
        happened(9 * week + 2, at=at, to=departments.hr, **escalated(at=at))
    services.make_reports(now=MONDAY + timedelta(weeks=2))
    weeks = [report.figures for report in Report.objects.order_by("since")]
    hr = next(one for one in rows(weeks, "department") if one.name == "HR")
    assert (hr.said("overdue"), hr.said("new")) == ("–", "≥ 11")


def test_parts_that_single_weeks_hide_are_told_of_all_once_together_they_are_enough(happened):
    for week in range(3):
        at = MONDAY + timedelta(weeks=week)
        happened(20, at=at, **answered(2, at=at))
        happened(2, at=at, **answered(90, at=at))
    services.make_reports(now=MONDAY + timedelta(weeks=3))
    weeks = [report.figures for report in Report.objects.order_by("since")]
    assert [all_of([week], "department").figures["on_time"] for week in weeks] == [None] * 3
    assert all_of(weeks[1:], "department").figures["on_time"] is None
    assert all_of(weeks, "department").figures["on_time"] == round(60 / 66, 4)
    assert rows(weeks, "department")[0].figures["on_time"] is None


def test_what_was_told_of_a_week_stays_as_it_was(happened):
    items = happened(6)
    figures = made()
    items[0].delete()
    assert services.make_reports(now=NEXT_MONDAY + timedelta(days=2)) == 0
    assert Report.objects.get().figures == figures


def test_leaders_are_mailed_the_newest_report_once_and_missed_weeks_are_made_up_for(happened, house):
    happened(6)
    now = MONDAY + timedelta(weeks=3)
    assert services.make_reports(now=now) == 3
    assert services.make_reports(now=now + timedelta(hours=1)) == 0
    mails = Message.objects.filter(template="feedback/notify/report", channel=Channel.EMAIL)
    assert {mail.recipient_id for mail in mails} == {house.executive.pk, house.service_manager.pk}
    assert mails.count() == 2
    assert {mail.context["since"] for mail in mails} == {"2026-03-16"}
    assert Entry.objects.filter(action="feedback.reported").count() == 3


def test_no_report_before_the_week_is_over_and_none_without_feedback(happened):
    assert services.make_reports(now=NEXT_MONDAY) == 0
    happened(6)
    assert services.make_reports(now=MONDAY + timedelta(days=6)) == 0
    assert services.make_reports(now=NEXT_MONDAY) == 1
    assert Report.objects.get().since == date(2026, 3, 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_make_one_report(happened):
    happened(6)

    def work(_number) -> int:
        try:
            return services.make_reports(now=NEXT_MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert Report.objects.count() == 1


def test_a_report_names_nobody_and_takes_the_same_queries_however_much_happened(
    happened, departments, django_assert_num_queries
):
    happened(6, **answered(2))
    happened(9, to=departments.hr, **escalated(Escalation.DISPUTED))
    calendars.load_many(Calendar.objects.values_list("pk", flat=True))
    with django_assert_num_queries(22):
        services.make_reports(now=NEXT_MONDAY)
    written = json.dumps(Report.objects.get().figures)
    assert "Headset" not in written
    assert "crackles" not in written
