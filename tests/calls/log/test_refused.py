"""What a followed log tells in vain is kept as the rows of a file are: seen, handed out, mended and sent again."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.imports.models import Import
from calls.models import Call
from calls.queue_log import follow
from calls.queue_log.models import Follower
from tests.calls.log.logs import START, calls, generated
from tests.calls.log.test_follow import NOW, read
from tests.imports.bring import bring

BROKEN = f"{START + 3}x|9.1|support|NONE|ENTERQUEUE||13800005678|1\n"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "queue_log"
    path.write_text("".join(generated()) + BROKEN)
    return path


def handed_out(client, batch):
    """Return the file of the refused rows as text."""
    answer = client.get(reverse("imports:rejects", args=[batch.pk, "csv"]))
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def sent(kind, centre, text):
    """Send the file again as it is and bring in what its columns are taken for; return its import."""
    given = {"source": "pbx", "site": centre.here, "time_zone": ""}
    return bring(kind, io.BytesIO(text.encode()), given=given, now=NOW, actor=centre.supervisor)


def test_a_line_that_cannot_be_read_is_seen_mended_and_sent_again(centre, client, log):
    read(centre, log)
    batch = Import.objects.get()
    assert (str(batch), batch.kind, batch.rows, batch.new, batch.rejected) == (
        "queue_log 2026-03-03", "queue_log", 11, 10, 1,
    )  # fmt: skip
    client.force_login(centre.supervisor)
    assert f'href="{batch.get_absolute_url()}"' in client.get(reverse("calls:logs")).content.decode()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "this is no line of a queue log" in page
    assert "138****5678" in page
    text = handed_out(client, batch)
    assert text.splitlines()[0] == "time,callid,queuename,agent,event,data1,data2,data3,data4,data5,Problem"
    mended = sent("queue_log", centre, text.replace(f"{START + 3}x", str(START + 3)))
    assert mended.rejected == 0
    assert Call.objects.get(call_id="9.1").customer_name == "13800005678"


def test_a_call_that_contradicts_what_is_known_is_mended_as_a_call(centre, client, log):
    read(centre, log)
    text = log.read_text()
    Follower.objects.update(position=0, mark="")
    log.write_text(text.replace("|COMPLETECALLER|8|42|1", "|COMPLETECALLER|8|43|1"))
    assert read(centre, log).refused > 0
    batch = Import.objects.get(kind="calls")
    reject = batch.rejects.first()
    assert "known already, with other content" in reject.reason
    client.force_login(centre.supervisor)
    mended = sent("calls", centre, handed_out(client, batch).replace(",2,0,", ",3,0,"))
    assert (mended.rejected, mended.changed) == (0, 2)
    assert {row[9] for row in calls() if row[2] == 3} == {43}


@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 200), ("manager", 200), ("lead", 403), ("administrator", 403)]
)
def test_refused_lines_are_for_who_brings_in_calls_and_reads_them(centre, client, log, role, status):
    read(centre, log)
    client.force_login(getattr(centre, role))
    address = reverse("imports:rejects", args=[Import.objects.get().pk, "csv"])
    assert client.get(address).status_code == status


def test_the_audit_has_one_entry_for_a_day_and_for_each_start_and_stop(centre, log):
    whole = log.read_text().splitlines(keepends=True)
    log.write_text("")
    follower = follow.begin_following(actor=SYSTEM, source="pbx", site=centre.here, path=log, now=NOW)

    def step(line, now):
        with log.open("a") as file:
            file.write(line)
        follow.read_more(actor=SYSTEM, follower_id=follower.pk, now=now)

    for line in [*whole, f"{START + 999}|CLI|support|10001|ADDMEMBER|\n"]:
        step(line, NOW)
    step("nonsense\n", NOW + timedelta(days=1))
    follow.stop_following(actor=SYSTEM, follower_id=follower.pk, now=NOW + timedelta(days=1))
    told = [(entry.action, entry.details) for entry in Entry.objects.order_by("pk")]
    assert [action for action, _details in told] == ["log.followed", "log.read", "log.left"]
    first, last = told[1][1], told[2][1]
    assert (first["day"], first["new"], first["rejected"]) == ("2026-03-03", Call.objects.count(), 1)
    assert (last["day"], last["new"], last["rejected"]) == ("2026-03-04", 0, 1)
    assert Import.objects.count() == 2
