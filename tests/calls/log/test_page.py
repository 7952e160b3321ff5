"""The page of queue logs."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from callcenter.access import SYSTEM
from calls.queue_log import follow
from calls.queue_log.models import Follower
from tests.calls.centre import statements
from tests.calls.log.logs import generated
from tests.calls.log.test_follow import read

LOGS = reverse("calls:logs")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("agent", 403),
        ("personnel", 403),
        ("lead", 200),
        ("supervisor", 200),
        ("administrator", 200),
        ("quality", 200),
    ],
)
def test_page_opens_for_who_reads_calls_or_tends_the_machines(centre, client, role, status):
    client.force_login(getattr(centre, role))
    assert client.get(LOGS).status_code == status


def test_page_names_what_a_log_told_and_how_far_it_was_read(centre, client, tmp_path):
    path = tmp_path / "queue_log"
    path.write_text("".join(generated(80)) + "nonsense\n1700")
    follower = read(centre, path)
    client.force_login(centre.supervisor)
    answer = client.get(LOGS)
    [(log, state)] = answer.context["logs"]
    assert (state, log.unknown, log.open_calls, log.follower.behind) == ("silent", ["FANCYEVENT"], 20, 4)
    told = {one.event: one.events for one in log.told}
    assert (told["ENTERQUEUE"], told["ABANDON"], told["FANCYEVENT"]) == (100, 20, 20)
    assert [(rang.member, rang.times, rang.seconds) for rang in log.rang] == [("PJSIP/400", 20, 100)]
    page = answer.content.decode()
    assert str(path) in page
    assert "4\xa0bytes" in page
    follow.stop_following(actor=SYSTEM, follower_id=follower.pk, now=datetime.now(UTC))
    client.force_login(centre.lead)
    answer = client.get(LOGS)
    assert str(path) not in answer.content.decode()
    assert answer.context["logs"][0][1] == "left"
    Follower.objects.update(stopped_at=None, seen_at=datetime.now(UTC))
    assert client.get(LOGS).context["logs"][0][1] == "running"


def test_a_log_of_another_site_is_not_shown_and_more_logs_cost_no_more_queries(centre, client, tmp_path):
    path = tmp_path / "queue_log"
    path.write_text("".join(generated()))
    read(centre, path)
    client.force_login(centre.supervisor)
    client.get(LOGS)
    one = len(statements(lambda: client.get(LOGS)))
    read(centre, path, "second")
    assert len(statements(lambda: client.get(LOGS))) == one
    other = follow.begin_following(
        actor=SYSTEM, source="far", site=centre.far, path=path, now=datetime.now(UTC)
    )
    assert [log.source for log, _state in client.get(LOGS).context["logs"]] == ["pbx", "second"]
    assert other.source == "far"
