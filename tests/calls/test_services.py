"""Imports and matching on a real database."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Membership, Team
from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from calls import services
from calls.enums import Outcome
from calls.intake import CallRow
from calls.models import AgentName, Call, CallKey, Source
from tests.calls import sample
from tests.calls.centre import NOW, person
from tests.factories.calls import CallFactory, CustomerFactory, QueueFactory
from tests.imports.bring import bring as bring_file


def bring(centre, rows, **options):
    content = options.pop("content", None) or sample.xlsx(rows).getvalue()
    given = {"site": centre.here, "source": "", "time_zone": ""} | {
        name: options.pop(name) for name in ("site", "source", "time_zone") if name in options
    }
    options = {"now": NOW, "file_name": "calls.xlsx", **options}
    return bring_file("calls", io.BytesIO(content), given=given, **options)


def record(centre, *rows, source="acd"):
    return services.record_calls(actor=SYSTEM, source=source, site=centre.here, rows=rows, now=NOW)


def call(call_id="1", **facts):
    at = facts.pop("entered_at", datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    return CallRow(call_id, at, facts.pop("outcome", Outcome.ANSWERED), **facts)


def counts(batch):
    return (batch.rows, batch.new, batch.changed, batch.unchanged, batch.rejected)


def taken(outcome):
    return (outcome.new, outcome.changed, outcome.unchanged, len(outcome.refused))


def test_file_brought_in_twice_counts_once(centre):
    rows = sample.good_rows(30)
    assert counts(bring(centre, rows)) == (30, 30, 0, 0, 0)
    assert counts(bring(centre, rows)) == (30, 0, 0, 30, 0)
    assert Call.objects.count() == 30


def test_same_content_under_another_file_name_counts_once(centre):
    rows = sample.good_rows(5)
    content = sample.xlsx(rows).getvalue()
    for name in ("calls.xlsx", "copy of calls.xlsx"):
        batch = bring(centre, rows, content=content, file_name=name)
        assert batch.options["source"] == "calls"
    with pytest.raises(Conflict) as refused:
        bring(centre, rows, content=content, file_name="c.xlsx", source="other")
    assert refused.value.field == "source"
    assert Call.objects.count() == 5


def test_longer_file_adds_only_what_is_new(centre):
    rows = sample.good_rows(20)
    bring(centre, rows[:12])
    assert counts(bring(centre, rows)) == (20, 8, 0, 12, 0)


def test_call_that_stands_twice_in_a_file_counts_once_and_with_other_content_is_refused(centre):
    first = sample.good_rows(1)[0]
    other = [*first]
    other[4] = "Another topic"
    batch = bring(centre, [first, first, other])
    assert counts(batch) == (3, 1, 0, 1, 1)
    [reject] = batch.rejects.all()
    assert reject.row == 4
    assert reject.column == "Topic"
    assert reject.raw[4] == "Another topic"


def test_higher_revision_corrects_a_call_and_a_lower_one_changes_nothing(centre):
    record(centre, call(talk_seconds=10, revision=1))
    assert taken(record(centre, call(talk_seconds=60, revision=2))) == (0, 1, 0, 0)
    assert taken(record(centre, call(talk_seconds=99, revision=1))) == (0, 0, 1, 0)
    assert Call.objects.get().talk_seconds == 60


@pytest.mark.parametrize("beside", [[], [call("1", visit=1)]], ids=["keys in a row", "keys far apart"])
def test_what_no_call_can_be_is_refused_even_where_a_later_revision_is_known(centre, beside):
    record(centre, call("1", talk_seconds=10, revision=1), *beside)
    lost = call("1", outcome=Outcome.ABANDONED, talk_seconds=10)
    assert record(centre, lost).refused == [
        (0, "talk_seconds", "the call was not answered, yet this is not blank")
    ]
    assert taken(record(centre, call("1", talk_seconds=99))) == (0, 0, 1, 0)


def test_known_calls_are_known_whether_their_ids_follow_each_other_or_lie_far_apart(centre):
    known = [call(f"{number:03}", talk_seconds=number, row=number) for number in range(50)]
    record(centre, *known)
    assert taken(record(centre, *known)) == (0, 0, 50, 0)
    assert taken(record(centre, known[0], known[49])) == (0, 0, 2, 0)
    corrected = call("007", talk_seconds=99, revision=1, row=7)
    other = call("030", talk_seconds=99, row=30)
    mixed = [*known[:7], corrected, *known[8:30], other, *known[31:], call("999", row=50)]
    assert taken(record(centre, *mixed)) == (1, 1, 48, 1)
    assert Call.objects.count() == 51
    assert Call.objects.get(call_id="007").talk_seconds == 99
    assert Call.objects.get(call_id="030").talk_seconds == 30


def test_same_call_id_of_another_source_or_visit_is_another_call(centre):
    record(centre, call("1"), call("1", visit=1))
    record(centre, call("1"), source="other")
    assert Call.objects.count() == 3


def test_bad_rows_are_kept_with_their_reason_and_stop_nothing(centre):
    good, bad = sample.good_rows(4), sample.bad_rows()
    batch = bring(centre, [*good, *(row for row, _column in bad)])
    assert counts(batch) == (4 + len(bad), 4, 0, 0, len(bad))
    assert [reject.column for reject in batch.rejects.all()] == [column for _row, column in bad]


def test_source_spans_its_calls_and_recording_is_audited(centre):
    record(centre, call("1"), call("2", entered_at=datetime(2026, 3, 2, 5, tzinfo=UTC)))
    record(centre, call("3", entered_at=datetime(2026, 3, 2, 7, tzinfo=UTC)))
    source = Source.objects.get()
    assert (source.calls, source.first_at.hour, source.last_at.hour) == (3, 1, 7)
    entries = Entry.objects.filter(action="calls.recorded").order_by("id")
    assert [entry.details["new"] for entry in entries] == [2, 1]


def test_nothing_known_of_a_call_is_null(centre):
    record(centre, call(outcome=Outcome.ABANDONED))
    stored = Call.objects.get()
    assert (stored.agent, stored.queue, stored.customer, stored.team) == (None,) * 4
    assert (stored.agent_name, stored.queue_name, stored.customer_name) == ("",) * 3
    assert (stored.wait_seconds, stored.talk_seconds, stored.resolved, stored.satisfaction) == (None,) * 4


def test_agent_is_known_by_work_number_or_by_the_only_name_at_the_site(centre):
    person("20001", "Wei Fang", centre.far)
    record(centre, call("1", agent="10001"), call("2", agent="Wei Fang"), call("3", agent="Nobody"))
    found = dict(Call.objects.values_list("call_id", "agent__work_number"))
    assert found == {"1": "10001", "2": "10001", "3": None}


def test_name_of_two_people_at_the_site_matches_neither(centre):
    person("20002", "Wei Fang", centre.here)
    record(centre, call(agent="Wei Fang"))
    assert Call.objects.get().agent is None


def test_team_is_that_of_the_day_at_the_site(centre):
    later = Team.objects.create(site=centre.here, name="Cedar")
    Membership.objects.filter(person=centre.agent).update(
        period=DateRange(date(2026, 3, 1), date(2026, 3, 3))
    )
    Membership.objects.create(person=centre.agent, team=later, period=DateRange(date(2026, 3, 3), None))
    # 16:30 UTC is past midnight in Shanghai.
    before, after = datetime(2026, 3, 2, 15, 30, tzinfo=UTC), datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    record(
        centre,
        call("1", agent="10001", entered_at=before),
        call("2", agent="10001", entered_at=after),
        call("3", agent="10001", entered_at=before - timedelta(days=30)),
    )
    teams = dict(Call.objects.values_list("call_id", "team__name"))
    assert teams == {"1": "Osmanthus", "2": "Cedar", "3": None}


def test_queue_and_customer_are_matched_when_they_become_known(centre):
    record(centre, call(queue="Repairs", customer="13800000001"))
    QueueFactory(code="repairs", name="Repairs", site=centre.here)
    QueueFactory(code="far-repairs", name="Repairs", site=centre.far)
    CustomerFactory(name="Li", phone="13800000001")
    found = services.match_names(actor=SYSTEM, site=centre.here, now=NOW)
    assert found == {"agents": 0, "queues": 1, "customers": 1}
    stored = Call.objects.get()
    assert (stored.queue.code, stored.customer.name) == ("repairs", "Li")
    assert services.match_names(actor=SYSTEM, site=centre.here, now=NOW) == dict.fromkeys(found, 0)


def test_matching_a_name_gives_its_calls_their_agent_and_team_now_and_later(centre):
    record(centre, call("1", agent="小魏"), call("2", agent="Other"))
    services.match_agent_name(
        actor=centre.supervisor, source="acd", site=centre.here, name="小魏", person=centre.agent, now=NOW
    )
    record(centre, call("3", agent="小魏"))
    found = list(Call.objects.order_by("call_id").values_list("agent__work_number", "team__name"))
    assert found == [("10001", "Osmanthus"), (None, None), ("10001", "Osmanthus")]
    assert Entry.objects.filter(action="calls.name_matched", actor=centre.supervisor).count() == 1


def test_name_that_means_somebody_else_already_is_a_conflict(centre):
    given = {"actor": SYSTEM, "source": "acd", "site": centre.here, "name": "Xiao", "now": NOW}
    services.match_agent_name(person=centre.agent, **given)
    with pytest.raises(Conflict):
        services.match_agent_name(person=centre.colleague, **given)
    assert AgentName.objects.get().person == centre.agent


def test_unknown_time_zone_is_refused_naming_the_field(centre):
    with pytest.raises(DomainError) as refused:
        bring(centre, sample.good_rows(1), time_zone="Nowhere/At_all")
    assert refused.value.field == "time_zone"


def test_file_times_are_local_to_the_zone_that_is_named(centre):
    rows = sample.good_rows(1)
    bring(centre, rows, time_zone="UTC")
    assert Call.objects.get().entered_at == sample.moment(rows[0]).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "here", "far"),
    [
        ("supervisor", True, False),
        ("regional", True, False),
        ("manager", True, True),
        ("administrator", True, True),
        ("lead", False, False),
        ("agent", False, False),
        ("quality", False, False),
        ("executive", False, False),
        ("personnel", False, False),
    ],
)
def test_who_may_import_depends_on_role_and_site(centre, role, here, far):
    actor = getattr(centre, role)
    for site, allowed in ((centre.here, here), (centre.far, far)):
        if allowed:
            services.record_calls(actor=actor, source=site.code, site=site, rows=[call()], now=NOW)
        else:
            with pytest.raises(NotAllowed):
                services.record_calls(actor=actor, source=site.code, site=site, rows=[call()], now=NOW)
    assert Source.objects.count() == here + far


@pytest.mark.parametrize(
    "facts",
    [
        {"satisfaction": 6},
        {"satisfaction": 0},
        {"wait_seconds": -1},
        {"outcome": "perhaps"},
        {"outcome": Outcome.ABANDONED, "talk_seconds": 5},
    ],
)
def test_database_refuses_what_no_call_can_be(centre, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        CallFactory(site=centre.here, **{"talk_seconds": None, **facts})


def test_database_counts_a_visit_once(centre):
    record(centre, call("1"))
    key = CallKey.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CallKey.objects.create(
            source=key.source,
            call_id=key.call_id,
            visit=key.visit,
            revision=9,
            entered_at=key.entered_at,
            call=0,
        )
