"""A log that is followed: every call once, wherever it is cut, stopped or killed."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings, strategies

from callcenter.access import SYSTEM
from calls.models import Source
from calls.queue_log import follow, record
from calls.queue_log.models import Follower, LogCount, LogSeat, OpenVisit
from shifts.models import StateSpan
from tests.calls.log.logs import START, calls, generated

NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def read(centre, path, source="pbx"):
    follower = follow.begin_following(actor=SYSTEM, source=source, site=centre.here, path=path, now=NOW)
    while follow.read_more(actor=SYSTEM, follower_id=follower.pk, now=NOW).lines:
        pass
    return Follower.objects.get(pk=follower.pk)


def test_a_followed_log_becomes_calls_and_counts(centre, tmp_path):
    path = tmp_path / "queue_log"
    path.write_text("".join(generated()) + "nonsense\n")
    follower = read(centre, path)
    found = calls()
    assert len(found) == 10
    by_outcome = sorted(row[7] for row in found)
    assert by_outcome == sorted(["answered"] * 4 + ["abandoned"] * 2 + ["flowed_out"] * 2 + ["unknown"] * 2)
    assert [(row[1], row[3], row[8], row[9], row[10]) for row in found if row[0] == f"{START + 2}.2"] == [
        (0, "support", 20, None, None),
        (1, "sales", 3, 67, True),
    ]
    assert (follower.unreadable, follower.refused, follower.behind) == (1, 0, 0)
    counts = record.counts_of("pbx")
    assert (counts["ENTERQUEUE"], counts["FANCYEVENT"], counts["RINGNOANSWER"], counts[""]) == (10, 2, 2, 1)
    rang = LogCount.objects.get(event="RINGNOANSWER", member="PJSIP/400")
    assert (rang.events, rang.rang_ms) == (2, 10_000)
    assert OpenVisit.objects.count() == 2


def test_a_call_that_is_open_is_told_and_corrected_by_its_end(centre, tmp_path):
    path = tmp_path / "queue_log"
    enter, connect, end = generated(1)[2:]
    path.write_text(enter)
    read(centre, path)
    assert [row[7:10] for row in calls()] == [("unknown", None, None)]
    for line, expected in ((connect, ("answered", 8, None)), (end, ("answered", 8, 42))):
        with path.open("a") as file:
            file.write(line)
        read(centre, path)
        assert [row[7:10] for row in calls()] == [expected]
    assert OpenVisit.objects.count() == 0
    assert Source.objects.get(name="pbx").calls == 1


def test_the_same_log_from_its_start_changes_nothing(centre, tmp_path):
    path = tmp_path / "queue_log"
    path.write_text("".join(generated()))
    read(centre, path)
    before = calls()
    Follower.objects.update(position=0, mark="")
    assert read(centre, path).refused == 0
    assert calls() == before


@pytest.mark.django_db(transaction=False)
@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(cuts=strategies.lists(strategies.integers(1, 900), max_size=6, unique=True).map(sorted))
def test_wherever_the_log_is_cut_the_calls_are_the_same(centre, tmp_path, cuts):
    whole = "".join(generated())
    path = tmp_path / "queue_log"
    path.write_text(whole)
    if not Source.objects.filter(name="whole").exists():
        read(centre, path, "whole")
    source = f"cut {cuts}"[:80]
    for end in [*cuts, None]:
        path.write_text(whole[:end])
        read(centre, path, source)
    assert calls(source) == calls("whole")


def test_what_members_do_becomes_the_states_of_those_who_are_known(centre, tmp_path):
    path = tmp_path / "queue_log"
    lines = [
        "0|CLI|support|10001|ADDMEMBER|",
        "0|CLI|sales|10001|ADDMEMBER|",
        "5|NONE|NONE|10001|PAUSEALL|",
        "9|NONE|NONE|10001|UNPAUSEALL|",
        "10|CLI|sales|10001|REMOVEMEMBER|",
        "11|CLI|support|10001|REMOVEMEMBER|",
        "12|CLI|support|PJSIP/400|ADDMEMBER|PAUSED",
    ]
    path.write_text("".join(f"{START + int(line.split('|')[0])}|{line.split('|', 1)[1]}\n" for line in lines))
    read(centre, path)
    spans = StateSpan.objects.filter(person=centre.agent).order_by("period")
    told = [(span.state, int(span.period.lower.timestamp()) - START, span.source) for span in spans]
    assert told == [
        ("available", 0, "pbx"),
        ("pause", 5, "pbx"),
        ("available", 9, "pbx"),
        ("available", 10, "pbx"),
        ("offline", 11, "pbx"),
    ]
    assert [(seat.member, seat.paused) for seat in LogSeat.objects.all()] == [("PJSIP/400", True)]


def test_the_command_reads_what_is_there_and_ends(centre, tmp_path, capsys):
    path = tmp_path / "queue_log"
    with pytest.raises(CommandError, match="no such file"):
        call_command("follow_queue_log", str(path), source="pbx", site="here", once=True)
    path.write_text("".join(generated()) + "13800000000 rang\n")
    call_command("follow_queue_log", str(path), source="pbx", site="here", once=True)
    said = capsys.readouterr()
    assert f"left at byte {path.stat().st_size}" in said.out
    assert "no line of a queue log: “138****0000 rang”" in said.err
    with pytest.raises(CommandError, match="belongs to the site"):
        call_command("follow_queue_log", str(path), source="pbx", site="far", once=True)
    assert Follower.objects.get().stopped_at
