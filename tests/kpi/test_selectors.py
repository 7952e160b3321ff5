"""Figures over calls: rules, intervals, groups, scope."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.models import Site
from callcenter.access import SYSTEM
from callcenter.errors import DomainError
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from kpi.measures import FEWEST
from kpi.metrics import OF_CALLS, REGISTRY
from kpi.rollup.columns import EXACT
from kpi.selectors.series import GROUPS, INTERVALS, Question, series
from tests.calls.centre import NOW
from tests.factories.calls import CallFactory
from tests.factories.worktime import CalendarFactory

DAY = date(2026, 3, 2)
ASKED = Question(metrics=["offered"], start=DAY, end=DAY)
EVERY = [metric.key for metric in OF_CALLS]


def one(user, **changes):
    [row] = series(user, replace(ASKED, **changes))
    return row


def unanswered(centre, wait, outcome=Outcome.ABANDONED):
    return CallFactory(site=centre.here, outcome=outcome, wait_seconds=wait, talk_seconds=None)


def test_short_abandons_do_not_count_against_anybody_but_unknown_waits_do(centre):
    for wait in (5, 6, None):
        unanswered(centre, wait)
    unanswered(centre, 3, Outcome.FLOWED_OUT)
    for wait in (20, 21, None):
        CallFactory(site=centre.here, wait_seconds=wait)
    found = one(centre.manager, metrics=EVERY)
    assert (found["offered"], found["answered"], found["abandoned"], found["short_abandoned"]) == (7, 3, 3, 1)
    assert (found["flowed_out"], found["unknown_outcome"]) == (1, 0)
    assert found["answer_rate"] == 3 / 6
    assert found["abandon_rate"] == 2 / 6
    assert found["service_level_20"] == 1 / 6
    assert found["answered_within_20_of_offered"] == 1 / 7
    assert found["answered_within_20_of_answered"] == 1 / 3
    assert found["speed_of_answer_n"] == 2
    assert found["speed_of_answer_mean"] == 20.5


def test_what_a_source_never_says_of_its_calls_is_unknown_and_not_none_of_them(centre):
    for source, resolved in (("log", None), ("log", None), ("acd", None), ("acd", False)):
        CallFactory(site=centre.here, source=source, resolved=resolved, transferred=None)
    asked = {"metrics": ["fcr_of_answered", "fcr_of_offered", "transfer_rate"]}
    log, acd = (one(centre.manager, filters=(("source", source),), **asked) for source in ("log", "acd"))
    assert (log["fcr_of_answered"], log["fcr_of_offered"], log["transfer_rate"]) == (None, None, None)
    assert (acd["fcr_of_answered"], acd["fcr_of_offered"], acd["transfer_rate"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("role", "changes"),
    [
        ("lead", {}),
        ("agent", {}),
        ("supervisor", {"group_by": "team"}),
        ("supervisor", {"filters": (("agent", "10001"),)}),
    ],
)
def test_rates_of_people_are_unknown_until_a_lost_call_is_one_of_theirs(centre, role, changes):
    CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    unanswered(centre, 60)
    rates = [metric.key for metric in OF_CALLS if metric.of_lost]

    def found():
        rows = series(getattr(centre, role), replace(ASKED, metrics=["answered", *rates], **changes))
        return next(row for row in rows if row["answered"])

    assert [found()[key] for key in rates] == [None] * len(rates)
    assert one(centre.supervisor, metrics=["answer_rate"])["answer_rate"] == 1 / 2
    CallFactory(
        site=centre.here, agent=centre.agent, team=centre.team, outcome=Outcome.ABANDONED, talk_seconds=None
    )
    assert found()["answer_rate"] == 1 / 2


def test_handle_time_adds_hold_and_wrap_up_where_they_are_known(centre):
    CallFactory(site=centre.here, talk_seconds=290, hold_seconds=10, wrap_seconds=None)
    CallFactory(site=centre.here, talk_seconds=290, hold_seconds=None, wrap_seconds=11)
    CallFactory(site=centre.here, talk_seconds=None)
    found = one(centre.manager, metrics=EVERY)
    assert found["handle_time_sum"] == 601
    assert found["share_handled_le_300s"] == 1 / 2
    assert found["share_talk_le_300s"] == 1


def test_calls_per_agent_and_day_counts_days_with_an_answered_call(centre):
    for agent in (centre.agent, centre.agent, centre.colleague):
        CallFactory(site=centre.here, agent=agent)
    CallFactory(site=centre.here, agent=centre.agent, entered_at=datetime(2026, 3, 2, 16, tzinfo=UTC))
    CallFactory(site=centre.here, agent_name="Becky", outcome="abandoned", talk_seconds=None)
    found = one(centre.manager, metrics=["agent_days", "calls_per_agent_day"], end=DAY + timedelta(days=1))
    assert (found["agent_days"], found["calls_per_agent_day"]) == (3, 4 / 3)


def test_total_without_calls_is_one_row_that_divides_by_nothing(centre):
    found = one(centre.manager, metrics=EVERY)
    for metric in OF_CALLS:
        assert found[metric.key] in (0, None)
        if metric.denominator is not None:
            assert found[metric.key] is None


def test_figures_by_anything_without_calls_are_no_rows(centre):
    assert series(centre.manager, replace(ASKED, group_by="agent")) == []


AT = datetime(2026, 3, 2, 6, 59, 59, tzinfo=UTC)  # 14:59:59, a Monday, at the site


@pytest.mark.parametrize(
    ("interval", "slot"),
    [
        ("none", ""),
        ("30m", "2026-03-02T14:30"),
        ("hour", "2026-03-02T14:00"),
        ("day", "2026-03-02"),
        ("week", "2026-03-02"),
        ("month", "2026-03"),
        ("time_of_day", "14:30"),
        ("hour_of_day", 14),
        ("weekday", "Mon"),
        ("half_hour_of_week", "Mon 14:30"),
        ("hour_of_week", "Mon 14:00"),
    ],
)
def test_call_belongs_to_the_interval_of_its_local_time(centre, interval, slot):
    CallFactory(site=centre.here, entered_at=AT)
    assert one(centre.manager, interval=interval)["interval"] == slot


def test_every_interval_is_tried_above():
    assert len(INTERVALS) == 11


def test_each_site_counts_in_its_own_time_zone(centre):
    berlin = Site.objects.create(code="b", name="Berlin", calendar=CalendarFactory(time_zone="Europe/Berlin"))
    for site in (centre.here, berlin):
        CallFactory(site=site, entered_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    rows = series(centre.manager, replace(ASKED, group_by="site", interval="hour_of_day"))
    assert [(row["group"], row["interval"]) for row in rows] == [("b", 0), ("here", 7)]


def test_days_are_local_and_both_ends_are_in(centre):
    for at in ((1, 15, 59, 59), (1, 16, 0, 0), (2, 15, 59, 59), (2, 16, 0, 0)):
        CallFactory(site=centre.here, entered_at=datetime(2026, 3, *at, tzinfo=UTC))
    assert one(centre.manager)["offered"] == 2


def test_weekdays_run_from_monday(centre):
    for day in range(2, 9):
        CallFactory(site=centre.here, entered_at=datetime(2026, 3, day, 4, tzinfo=UTC))
    rows = series(centre.manager, replace(ASKED, interval="weekday", end=DAY + timedelta(days=6)))
    assert [row["interval"] for row in rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        ("none", [("", "")]),
        ("agent", [("", ""), ("Becky", "Becky"), ("10001", "Wei Fang")]),
        ("topic", [("", ""), ("Repairs", "Repairs")]),
        ("source", [("acd", "acd"), ("old", "old")]),
        ("site", [("here", "Here"), ("near", "Near")]),
    ],
)
def test_groups_have_key_and_name(centre, group_by, groups):
    CallFactory(site=centre.here, agent=centre.agent, agent_name="Wei Fang", team=centre.team)
    CallFactory(site=centre.here, agent_name="Becky", topic="Repairs", source="old")
    CallFactory(site=centre.near)
    rows = series(centre.manager, replace(ASKED, group_by=group_by))
    assert [(row["group"], row["label"]) for row in rows] == groups


def test_figures_of_a_group_are_those_limited_to_its_key(centre):
    CallFactory(site=centre.here, agent=centre.agent, team=centre.team, topic="x", queue_name="Line")
    CallFactory(site=centre.near, agent_name="Becky", source="old", talk_seconds=7)
    asked = replace(ASKED, metrics=["offered", "talk_time_sum"])
    for group_by in set(GROUPS) - {"none"}:
        for row in series(centre.manager, replace(asked, group_by=group_by)):
            limited = series(centre.manager, replace(asked, filters=((group_by, row["group"]),)))[0]
            assert [limited[key] for key in asked.metrics] == [row[key] for key in asked.metrics]


@pytest.mark.parametrize(
    ("role", "seen"),
    [("agent", 1), ("lead", 1), ("supervisor", 2), ("regional", 3), ("manager", 4), ("administrator", 0)],
)
def test_figures_are_over_the_calls_that_each_role_sees(centre, role, seen):
    CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    for site in (centre.here, centre.near, centre.far):
        CallFactory(site=site)
    assert one(getattr(centre, role))["offered"] == seen


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metrics": ["offered", "happiness"]}, "metrics"),
        ({"group_by": "moon"}, "group_by"),
        ({"interval": "century"}, "interval"),
        ({"end": DAY - timedelta(days=1)}, "to"),
        ({"end": DAY + timedelta(days=1098)}, "from"),
        ({"filters": (("shoe", "42"),)}, "shoe"),
    ],
)
def test_question_that_cannot_be_answered_names_its_parameter(centre, changes, field):
    with pytest.raises(DomainError) as refused:
        series(centre.manager, replace(ASKED, **changes))
    assert refused.value.field == field


def test_answer_of_too_many_rows_is_refused(centre):
    for number in range(3):
        CallFactory(site=centre.here, topic=f"Topic {number}")
    with pytest.raises(DomainError, match="more than 2"):
        series(centre.manager, replace(ASKED, group_by="topic"), most=2)


def test_series_is_one_statement(centre, django_assert_num_queries):
    CallFactory(site=centre.here)
    user = centre.manager
    assert one(user)["offered"] == 1
    with django_assert_num_queries(1):
        series(user, replace(ASKED, metrics=EVERY, group_by="agent", interval="30m"))


def test_figures_follow_when_a_name_is_matched(centre):
    CallFactory(site=centre.here, agent_name="小魏")
    services.match_agent_name(
        actor=SYSTEM, source="acd", site=centre.here, name="小魏", person=centre.agent, now=NOW
    )
    assert one(centre.lead, group_by="team")["label"] == "Osmanthus"
    assert one(centre.agent)["offered"] == 1


LENGTH = st.none() | st.integers(0, 700)


def assert_near(found, length):
    """Up to ten minutes a length is exact, beyond at most 2 % off."""
    assert found == length if length <= EXACT else abs(found - length) <= 0.02 * length


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths=st.lists(LENGTH, max_size=30))
def test_statistics_of_any_lengths_are_those_of_plain_reckoning(centre, lengths):
    source = f"s{abs(hash(tuple(lengths)))}"
    at = datetime(2026, 3, 2, 4, tzinfo=UTC)
    rows = [CallRow(str(n), at, Outcome.ANSWERED, wait_seconds=length) for n, length in enumerate(lengths)]
    services.record_calls(actor=SYSTEM, source=source, site=centre.here, rows=rows, now=NOW)
    known = sorted(length for length in lengths if length is not None)
    found = one(
        centre.manager,
        metrics=[key for key in REGISTRY if key.startswith("speed_of_answer")],
        filters=(("source", source),),
    )
    assert found["speed_of_answer_n"] == len(known)
    if known:
        assert found["speed_of_answer_mean"] == sum(known) / len(known)
        assert (found["speed_of_answer_min"], found["speed_of_answer_max"]) == (known[0], known[-1])
        for rank in (50, 90, 95):
            if len(known) < FEWEST:
                assert found[f"speed_of_answer_p{rank}"] is None
            else:
                assert_near(found[f"speed_of_answer_p{rank}"], known[ceil(rank * len(known) / 100) - 1])
