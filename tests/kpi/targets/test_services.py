"""Targets are set, followed by the next, ended; each holds where it is wanted and nowhere else."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from kpi.models import Target
from kpi.selectors import targets
from kpi.services.targets import end_target, one_place, set_target
from tests.factories.calls import QueueFactory

NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def put(metric="answer_rate", value=0.9, since=MARCH, *, actor=SYSTEM, **more):
    return set_target(actor=actor, metric=metric, value=value, since=since, now=NOW, **more)


def held():
    return [
        (row.value, str(row.period.lower), str(row.last_day)) for row in Target.objects.order_by("period")
    ]


def test_the_next_target_ends_the_one_before_and_both_are_kept(centre):
    put(value=0.9)
    put(value=0.92, since=APRIL)
    assert held() == [(0.9, "2026-03-01", "2026-03-31"), (0.92, "2026-04-01", "None")]
    assert targets.of("answer_rate", day=date(2026, 3, 31)).value == 0.9
    assert targets.of("answer_rate", day=APRIL).value == 0.92


def test_a_target_that_is_set_again_changes_nothing_and_one_of_the_same_day_is_put_right(centre):
    put(value=0.9)
    put(value=0.9)
    assert Entry.objects.filter(action="target.set").count() == 1
    put(value=0.95)
    assert held() == [(0.95, "2026-03-01", "None")]
    assert Entry.objects.filter(action="target.set").latest("pk").details["old"] == 0.9


def test_the_most_particular_target_holds_then_the_metrics_own(centre):
    queue = QueueFactory(site=centre.here, code="repairs")
    asked = {"team": centre.team, "queue": "repairs", "role": Role.AGENT, "site": centre.here}
    expected = [70.0]
    assert targets.of("calls_per_agent_day", day=MARCH, **asked).value == 70
    for value, place in enumerate((None, centre.here, Role.AGENT, queue, centre.team), 71):
        put("calls_per_agent_day", value, place=place)
        expected.append(float(value))
        assert targets.of("calls_per_agent_day", day=MARCH, **asked).value == value
    assert targets.of("calls_per_agent_day", day=MARCH).value == 71
    assert targets.of("calls_per_agent_day", day=date(2026, 2, 28), **asked).value == 70
    assert targets.of("answer_rate", day=MARCH, **asked) is None


def test_what_is_judged_is_the_figure_as_it_is_shown(centre):
    rate, long = Target(metric="answer_rate", value=0.9), Target(metric="handle_time_p90", value=300)
    assert targets.attained("answer_rate", 0.8996, rate) is True
    assert targets.attained("answer_rate", 0.8994, rate) is False
    assert targets.attained("handle_time_p90", 300.4, long) is True
    assert targets.attained("handle_time_p90", 301, long) is False
    assert targets.attained("handle_time_p90", None, long) is None
    assert targets.attained("handle_time_p90", 301, None) is None


def test_a_target_is_ended_and_one_that_has_not_begun_is_taken_out(centre):
    now, later = put(value=0.9), put(value=0.92, since=APRIL)
    assert end_target(actor=SYSTEM, target_id=later.pk, last=date(2026, 3, 10), now=NOW) is None
    assert end_target(actor=SYSTEM, target_id=now.pk, last=date(2026, 3, 10), now=NOW) is not None
    assert held() == [(0.9, "2026-03-01", "2026-03-10")]
    with pytest.raises(Conflict):
        end_target(actor=SYSTEM, target_id=now.pk, last=date(2026, 3, 10), now=NOW)
    with pytest.raises(DomainError) as refusal:
        end_target(actor=SYSTEM, target_id=now.pk, last=date(2026, 2, 1), now=NOW)
    assert refusal.value.field == "last"
    assert Entry.objects.filter(action="target.ended").count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"metric": "moon"}, "metric"),
        ({"metric": "offered"}, "metric"),
        ({"metric": "talk_time_sum"}, "metric"),
        ({"value": 1.2}, "value"),
        ({"value": -1}, "value"),
        ({"value": float("nan")}, "value"),
        ({"until": date(2026, 2, 1)}, "until"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(centre, wrong, field):
    with pytest.raises(DomainError) as refusal:
        put(**wrong)
    assert (refusal.value.field, bool(refusal.value.mend)) == (field, True)
    assert not Target.objects.exists()


def test_a_target_holds_for_one_place(centre):
    assert one_place(team=None, role="", site=centre.here) == centre.here
    with pytest.raises(DomainError) as refusal:
        one_place(team=centre.team, role="", site=centre.here)
    assert refusal.value.field == "site"


def test_who_sets_what(centre):
    queue = QueueFactory(site=centre.near)
    may = {
        centre.supervisor: {centre.team},
        centre.regional: {centre.team, queue, centre.here, centre.near},
        centre.manager: {centre.team, queue, centre.here, centre.near, centre.far, Role.AGENT, None},
        centre.executive: {centre.team, queue, centre.here, centre.near, centre.far, Role.AGENT, None},
    }
    people = (centre.agent, centre.lead, centre.quality, centre.administrator, centre.personnel, *may)
    for person in people:
        for place in (centre.team, queue, centre.here, centre.near, centre.far, Role.AGENT, None):
            try:
                put(actor=person, place=place)
            except NotAllowed:
                assert place not in may.get(person, set()), (person, place)
            else:
                assert place in may.get(person, set()), (person, place)


def test_targets_of_other_sites_are_not_seen(centre):
    for place in (centre.team, centre.far, Role.AGENT, None):
        put(place=place)
    seen = {person: Target.objects.visible_to(person).count() for person in (centre.agent, centre.manager)}
    assert seen == {centre.agent: 3, centre.manager: 4}


def test_the_database_holds_one_target_at_a_time_of_one_place(centre):
    put(place=centre.team)
    period, known = DateRange(APRIL, None), {"metric": "answer_rate", "value": 1, "set_at": NOW}
    for wrong in ({"team": centre.team}, {"team": centre.team, "site": centre.far}, {"value": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**known | wrong, period=period)
    Target.objects.create(**known, site=centre.far, period=period)
