"""Figures of complaints, feedback and shifts, beside those of calls."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from agents.models import ServiceRule
from callcenter.errors import DomainError
from complaints.enums import Channel, Outcome, Status, Tier
from complaints.models import Complaint, Ruling
from feedback.models import Report
from kpi.selectors.series import Question, series
from kpi.services import rollups
from shifts.enums import AgentState, OccupancyKind
from shifts.models import Attendance, Occupancy, Roster, Shift, StateSpan
from tests.factories.calls import CallFactory, CustomerFactory

DAY = date(2026, 3, 2)
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9:00 at the site
HOUR = timedelta(hours=1)
ASKED = Question(metrics=["complaints"], start=DAY, end=DAY + timedelta(days=6))


def rows(user, *metrics, **changes):
    return series(user, replace(ASKED, metrics=list(metrics), **changes))


def one(user, *metrics, **changes):
    [row] = rows(user, *metrics, **changes)
    return row


def complaint(centre, number, *, after=HOUR, solved=None, valid=None, **facts):
    at = BEGIN + after
    facts = {"site": centre.here, "team": centre.team, "staff_concerned": centre.agent, **facts}
    made = Complaint.objects.create(
        reference=f"C-{number}",
        tier=Tier.COMPANY,
        channel=Channel.TELEPHONE,
        subject="Charged twice",
        account="Twice.",
        customer_name="Mr Liu",
        recorded_by=centre.supervisor,
        handler=centre.supervisor,
        responsible=centre.supervisor,
        received_at=at,
        due_at=at + timedelta(days=2),
        status=Status.RESOLVED if solved else Status.ACCEPTED if valid is None else Status.VALID,
        resolved_at=at + solved if solved else None,
        **facts,
    )
    if valid is not None:
        broken = ServiceRule.objects.get(code="P1") if valid else None
        outcome = Outcome.VALID if valid else Outcome.INVALID
        Ruling.objects.create(
            complaint=made, outcome=outcome, rule=broken, opinion="So it is.", by=centre.manager, at=at
        )
    return made


@pytest.fixture
def complaints(centre):
    ServiceRule.objects.create(
        code="P1", title="Politeness", text="One is polite.", period=DateRange(DAY, None)
    )
    complaint(centre, 1, solved=HOUR, valid=True)
    complaint(centre, 2, solved=timedelta(days=3), valid=False)
    complaint(centre, 3)
    complaint(centre, 4, after=timedelta(hours=15), solved=HOUR, valid=True, team=None, staff_concerned=None)
    complaint(centre, 5, site=centre.far, team=None, staff_concerned=None)


def test_valid_complaints_are_set_against_the_answered_calls_of_the_same_place(centre, complaints):
    for _call in range(4):
        CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    asked = ("answered", "complaints", "valid_complaints", "valid_complaints_per_10k", "complaints_on_time")
    assert one(centre.supervisor, *asked) == {
        "group": "", "label": "", "interval": "",
        "answered": 4, "complaints": 4, "valid_complaints": 2, "valid_complaints_per_10k": 5_000, "complaints_on_time": 2 / 4,
    }  # fmt: skip
    assert one(centre.manager, *asked)["complaints"] == 5


def test_complaints_have_the_day_at_their_site_and_stand_beside_days_with_calls_only(centre, complaints):
    CallFactory(site=centre.here, entered_at=BEGIN + timedelta(days=4))
    found = rows(centre.supervisor, "offered", "complaints", "handle_time_p90", interval="day")
    assert [(row["interval"], row["offered"], row["complaints"]) for row in found] == [
        ("2026-03-02", 0, 3),
        ("2026-03-03", 0, 1),
        ("2026-03-06", 1, 0),
    ]
    assert {row["interval"]: row["complaints"] for row in rows(centre.supervisor, "complaints", interval="weekday")} == {
        "Mon": 3, "Tue": 1,
    }  # fmt: skip


def test_complaints_by_team_and_agent_have_their_names(centre, complaints):
    found = rows(centre.supervisor, "valid_complaints", group_by="agent")
    assert {(row["group"], row["label"]): row["valid_complaints"] for row in found} == {
        ("", ""): 1, ("10001", "Wei Fang"): 1,
    }  # fmt: skip
    assert one(centre.lead, "complaints", group_by="team")["label"] == "Osmanthus"
    assert one(centre.supervisor, "complaints", filters=(("team", str(centre.team.pk)),))["complaints"] == 3


def test_nobody_counts_a_complaint_about_themself_before_the_ruling(centre, complaints):
    assert one(centre.agent, "complaints")["complaints"] == 2


def shift(centre, person, day=DAY):
    roster, _new = Roster.objects.get_or_create(
        site=centre.here, period=DateRange(DAY, DAY + timedelta(days=7)), made_at=BEGIN
    )
    begin = BEGIN + timedelta(days=(day - DAY).days)
    made = Shift.objects.create(
        roster=roster, person=person, day=day, starts_at=begin, ends_at=begin + 8 * HOUR
    )
    for first, last in ((0, 4), (5, 8)):
        Occupancy.objects.create(
            person=person,
            site=centre.here,
            shift=made,
            kind=OccupancyKind.WORK,
            period=DateTimeTZRange(begin + first * HOUR, begin + last * HOUR),
        )
    return made


def attended(made, scheduled, logged, right):
    rules = {"late_after": 1, "early_before": 1, "absent_after": 120}
    Attendance.objects.create(
        shift=made, person=made.person, day=made.day, begins_at=made.starts_at, ends_at=made.ends_at, result="present",
        scheduled_seconds=scheduled, logged_seconds=logged, right_seconds=right, **rules,
    )  # fmt: skip


def test_adherence_and_calls_per_rostered_day_come_from_the_published_roster(centre):
    attended(shift(centre, centre.agent), 7 * 3600, 7 * 3600, 6 * 3600)
    attended(shift(centre, centre.agent, DAY + timedelta(days=1)), 7 * 3600, 0, 0)
    attended(shift(centre, centre.colleague), 7 * 3600, 3600, 3600)
    for _call in range(6):
        CallFactory(site=centre.here, agent=centre.agent, team=centre.team)
    # On a day off, and by somebody who has no shift.
    CallFactory(site=centre.here, agent=centre.agent, entered_at=BEGIN + timedelta(days=3))
    CallFactory(site=centre.here, agent=centre.lead)
    rollups.refresh_all()
    asked = ("adherence", "rostered_agent_days", "calls_per_rostered_day")
    found = one(centre.supervisor, *asked)
    assert [found[key] for key in asked] == [7 / 14, 3, 2]
    by_agent = {row["group"]: row for row in rows(centre.supervisor, *asked, group_by="agent")}
    assert by_agent["10001"]["adherence"] == 6 / 7
    assert by_agent["10003"]["calls_per_rostered_day"] == 0
    assert one(centre.lead, *asked, group_by="team")["rostered_agent_days"] == 2
    assert one(centre.agent, *asked)["adherence"] == 6 / 7


def test_occupancy_is_the_busy_part_of_what_was_logged_as_busy_or_available(centre):
    states = (AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.PAUSE)
    for hour, state in enumerate(states):
        period = DateTimeTZRange(BEGIN + hour * HOUR, BEGIN + (hour + 1) * HOUR)
        StateSpan.objects.create(person=centre.agent, period=period, state=state, source="acd")
    StateSpan.objects.create(
        person=centre.agent,
        period=DateTimeTZRange(BEGIN + 9 * HOUR, None),
        state=AgentState.AVAILABLE,
        source="acd",
    )
    assert one(centre.lead, "occupancy")["occupancy"] == 2 / 3
    assert one(centre.colleague, "occupancy")["occupancy"] is None
    assert one(centre.supervisor, "occupancy", interval="day", group_by="team")["interval"] == "2026-03-02"


def test_feedback_on_time_tells_what_the_weekly_reports_tell_to_their_readers(centre):
    told = {"n": 8, "parts": {"on_time": 6, "late": 2}}
    for week, cell in ((0, told), (7, {"n": 5, "parts": None}), (14, None)):
        since = DAY + timedelta(days=week)
        figures = {"measures": {"answered": {"all": cell}}}
        Report.objects.create(since=since, until=since + timedelta(days=7), made_at=BEGIN, figures=figures)
    month = {"end": DAY + timedelta(days=27)}
    assert one(centre.manager, "feedback_on_time", **month)["feedback_on_time"] == 6 / 8
    weeks = rows(centre.manager, "feedback_on_time", interval="week", **month)
    assert [row["feedback_on_time"] for row in weeks] == [0.75, None, None]
    assert one(centre.supervisor, "feedback_on_time", **month)["feedback_on_time"] is None


@pytest.mark.parametrize(
    ("metric", "changes", "field"),
    [
        ("complaints", {"group_by": "queue"}, "group_by"),
        ("adherence", {"interval": "30m"}, "interval"),
        ("complaints", {"filters": (("topic", "bill"),)}, "topic"),
        ("feedback_on_time", {"group_by": "team"}, "group_by"),
    ],
)
def test_metric_that_is_not_known_at_a_grain_says_so(centre, metric, changes, field):
    with pytest.raises(DomainError) as refused:
        rows(centre.manager, metric, **changes)
    assert (refused.value.field, refused.value.code) == (field, "grain")
    assert "none" in str(refused.value.mend)


def test_repeats_are_told_of_once_seven_days_are_over(centre):
    customer, other = CustomerFactory(), CustomerFactory()
    for caller, day in ((customer, 0), (customer, 6), (other, 1), (None, 1)):
        CallFactory(site=centre.here, customer=caller, entered_at=BEGIN + timedelta(days=day))
    found = one(centre.supervisor, "fcr_no_call_in_7_days", "repeat_rate_7_days")
    assert (found["fcr_no_call_in_7_days"], found["repeat_rate_7_days"]) == (2 / 3, 1 / 3)
