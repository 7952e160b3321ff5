"""The watch: a warning is raised while it happens, once; it escalates, comes back, and can be raised anew."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agents import services as people
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.outbox.models import Channel, Message
from kpi.enums.warnings import Ending, Severity, Subject
from kpi.models import EarlyWarning, Target, WarningReading
from kpi.services import warnings as services
from kpi.services.watch import sweep
from tests.dates import SINCE
from tests.kpi.warnings.conftest import HALF_HOUR, NOON

ELEVEN, HALF_PAST = NOON - 2 * HALF_HOUR, NOON - HALF_HOUR
LONG = 500


@pytest.fixture
def used_to(day):
    """Return the day after weeks in which calls took a little over three minutes from eleven to two."""
    day.past(*(ELEVEN + at * HALF_HOUR for at in range(6)))
    return day


def of(kind, metric="handle_time_p90"):
    return EarlyWarning.objects.get(kind=kind, metric=metric)


def messages(person, channel=Channel.IN_APP):
    return Message.objects.filter(recipient=person, channel=channel, template="kpi/notify/warning")


def test_a_usual_half_hour_is_nothing_to_tell(used_to):
    used_to.bring([*used_to.rows(ELEVEN), *used_to.rows(HALF_PAST)])
    assert sweep(now=NOON).raised == []


def test_long_calls_are_told_to_the_lead_while_they_happen(used_to, house):
    used_to.bring([*used_to.rows(ELEVEN), *used_to.rows(HALF_PAST, talk=LONG)])
    sweep(now=NOON - timedelta(minutes=5))
    found = of(Subject.TEAM)
    assert (found.team, found.site, found.severity) == (house.team, house.site, Severity.FAR)
    assert found.since == HALF_PAST
    assert found.value == LONG + 10
    assert found.calls == 12
    assert 205 < found.middle < 215 < found.high < 240
    assert found.sample == 8
    assert found.target == 300
    assert [one.at for one in found.readings.all()] == [ELEVEN, HALF_PAST]
    told = messages(house.lead).get(key__startswith=f"warning:{found.pk}:3:")
    assert told.context["subject"] == "Osmanthus"
    assert not messages(house.supervisor).exists()
    assert not messages(house.lead, Channel.EMAIL).exists()
    assert Entry.objects.filter(action="warning.raised", object_id=str(found.pk)).count() == 1


def test_of_an_agent_the_day_so_far_is_held_against_the_days_before(used_to, house):
    used_to.bring([*used_to.rows(ELEVEN, talk=LONG), *used_to.rows(HALF_PAST, talk=LONG)])
    sweep(now=NOON)
    found = of(Subject.AGENT)
    assert (found.agent, found.team) == (house.agent, house.team)
    assert found.calls == 24
    assert found.by_day


def test_run_again_it_says_nothing_twice(used_to):
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    first = sweep(now=NOON)
    assert len(first.raised) == 2
    told = Message.objects.count()
    readings = WarningReading.objects.count()
    again = sweep(now=NOON)
    assert (again.raised, again.escalated, again.closed) == ([], [], [])
    assert Message.objects.count() == told
    assert WarningReading.objects.count() == readings


def test_a_little_too_long_takes_two_half_hours_in_a_row(used_to):
    used_to.bring(used_to.rows(ELEVEN, talk=225))
    sweep(now=HALF_PAST)
    assert not EarlyWarning.objects.filter(kind=Subject.TEAM).exists()
    used_to.bring(used_to.rows(HALF_PAST, talk=225))
    sweep(now=NOON)
    found = of(Subject.TEAM)
    assert found.severity == Severity.DRIFTING
    assert found.since == ELEVEN


def test_what_becomes_worse_is_told_again(used_to, house):
    used_to.bring([*used_to.rows(ELEVEN, talk=225), *used_to.rows(HALF_PAST, talk=225)])
    sweep(now=NOON)
    used_to.bring(used_to.rows(NOON, talk=LONG))
    swept = sweep(now=NOON + timedelta(minutes=20))
    found = of(Subject.TEAM)
    assert found in swept.escalated
    assert found.severity == Severity.FAR
    assert messages(house.lead).filter(key__startswith=f"warning:{found.pk}:").count() == 2
    assert Entry.objects.filter(action="warning.escalated", object_id=str(found.pk)).exists()


def test_it_closes_by_itself_when_the_figure_is_back_for_two_half_hours(used_to, house):
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON)
    found = of(Subject.TEAM)
    used_to.bring([*used_to.rows(NOON), *used_to.rows(NOON + HALF_HOUR)])
    assert found not in sweep(now=NOON + timedelta(minutes=55)).closed
    assert found in sweep(now=NOON + 2 * HALF_HOUR).closed
    found.refresh_from_db()
    assert (found.ending, found.is_out) == (Ending.BACK, False)
    assert sweep(now=NOON + 2 * HALF_HOUR).raised == []


def test_closed_by_hand_it_is_raised_again_only_by_what_happens_afterwards(used_to, house):
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON)
    first = of(Subject.TEAM)
    services.close_warning(actor=house.lead, warning_id=first.pk, reason="A fault of the line", now=NOON)
    assert sweep(now=NOON).raised == []
    used_to.bring(used_to.rows(NOON, talk=LONG))
    swept = sweep(now=NOON + HALF_HOUR)
    assert [row.kind for row in swept.raised] == [Subject.TEAM]
    assert EarlyWarning.objects.filter(kind=Subject.TEAM).count() == 2


def test_a_site_is_watched_for_the_callers_it_loses_and_its_supervisor_is_told(day, house):
    day.past(ELEVEN, HALF_PAST, answered=19, lost=1)
    day.bring([*day.rows(ELEVEN, answered=8, lost=12), *day.rows(HALF_PAST, answered=8, lost=12)])
    sweep(now=NOON)
    found = of(Subject.SITE, "answer_rate")
    assert found.value == pytest.approx(0.4)
    assert found.calls == 20
    assert messages(house.supervisor).exists()
    assert not messages(house.lead).exists()


def test_while_there_is_no_history_only_a_missed_target_counts(day):
    day.bring([*day.rows(ELEVEN, talk=LONG), *day.rows(HALF_PAST, talk=LONG)])
    sweep(now=NOON)
    found = of(Subject.TEAM)
    assert (found.severity, found.middle, found.sample) == (Severity.OFF, None, 0)
    assert not EarlyWarning.objects.filter(metric="fcr_of_answered").exists()


def test_the_target_of_the_team_counts_before_that_of_the_house(day, house):
    Target.objects.create(
        metric="handle_time_p90", value=600, team=house.team, period=(SINCE, None), set_at=NOON
    )
    day.bring([*day.rows(ELEVEN, talk=LONG), *day.rows(HALF_PAST, talk=LONG)])
    sweep(now=NOON)
    assert not EarlyWarning.objects.exists()


def test_too_few_calls_say_nothing(used_to):
    used_to.bring(used_to.rows(HALF_PAST, answered=9, talk=LONG))
    assert sweep(now=NOON).raised == []


def test_what_came_in_late_and_lies_hours_back_is_no_early_warning_for_a_team(used_to):
    used_to.bring([*used_to.rows(ELEVEN, talk=LONG), *used_to.rows(HALF_PAST, talk=LONG)])
    sweep(now=NOON + timedelta(hours=4))
    assert [row.kind for row in EarlyWarning.objects.all()] == [Subject.AGENT]


def test_without_a_lead_the_supervisor_is_told_and_whoever_wishes_is_mailed(used_to, house):
    people.end_lead(actor=SYSTEM, team=house.team, from_day=NOON.date(), now=NOON)
    services.choose_mail(actor=house.supervisor, severity=3, now=NOON)
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON)
    assert messages(house.supervisor).exists()
    assert messages(house.supervisor, Channel.EMAIL).exists()


def test_who_wishes_mail_only_of_the_worst_gets_none_of_the_rest(used_to, house):
    services.choose_mail(actor=house.lead, severity=3, now=NOON)
    used_to.bring([*used_to.rows(ELEVEN, talk=225), *used_to.rows(HALF_PAST, talk=225)])
    sweep(now=NOON)
    assert messages(house.lead).exists()
    assert not messages(house.lead, Channel.EMAIL).exists()


def test_a_warning_without_calls_for_a_week_is_over(used_to):
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON)
    sweep(now=NOON + timedelta(days=8))
    assert {row.ending for row in EarlyWarning.objects.all()} == {Ending.QUIET}


def test_what_ran_when_nobody_looked_any_more_is_finished_by_the_next_look(used_to):
    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON - timedelta(minutes=10))
    found = of(Subject.TEAM)
    assert not found.readings.get().finished
    sweep(now=NOON + timedelta(days=3))
    assert found.readings.get().finished


def test_a_look_asks_as_often_for_many_as_for_few(used_to, house):
    def cost(at):
        with CaptureQueriesContext(connection) as captured:
            assert sweep(now=at).raised
        return len(captured)

    used_to.bring(used_to.rows(HALF_PAST, talk=LONG))
    sweep(now=NOON)
    EarlyWarning.objects.all().delete()
    few = cost(NOON)
    EarlyWarning.objects.all().delete()
    for number in ("20411", "20412", "20413"):
        person = house.person(number, Role.AGENT, team=house.team)
        used_to.bring(used_to.rows(HALF_PAST, talk=LONG, agent=person.work_number))
    sweep(now=NOON)
    EarlyWarning.objects.all().delete()
    assert cost(NOON) == few


def test_the_database_keeps_one_open_warning_for_each_figure(house):
    facts = {
        "kind": Subject.SITE,
        "site": house.site,
        "metric": "answer_rate",
        "severity": 1,
        "since": NOON,
        "raised_at": NOON,
        "value": 0.5,
        "calls": 20,
    }
    EarlyWarning.objects.create(**facts)
    with pytest.raises(IntegrityError, match="warning_open_once"), transaction.atomic():
        EarlyWarning.objects.create(**facts)
    EarlyWarning.objects.create(**facts, closed_at=NOON, ending=Ending.BACK)
