"""A file of calls from the upload to the figures, through the pages."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from callcenter.imports.models import Import, Mapping
from callcenter.jobs.work import work
from calls.models import Call
from tests.calls import sample
from tests.calls.centre import statements

SEND = reverse("imports:send", args=["calls"])


def upload(rows, name="calls.xlsx"):
    return SimpleUploadedFile(name, sample.xlsx(rows).getvalue())


def send(client, centre, rows, **given):
    return client.post(SEND, {"file": upload(rows), "site": centre.here.pk, **given})


def run(client, batch, **given):
    """Press a button of the page of columns, and let the worker do its part."""
    columns = {f"column_{place}": key for place, key in enumerate(batch.columns)}
    answer = client.post(reverse("imports:columns", args=[batch.pk]), {**columns, "mode": "all", **given})
    batch.refresh_from_db()
    if batch.job:
        assert work(batch.job_id)
        batch.refresh_from_db()
    return answer


@pytest.fixture
def desk(centre, client):
    client.force_login(centre.supervisor)
    return client


def test_upload_writes_nothing_and_shows_how_the_columns_are_understood(centre, desk):
    rows = sample.good_rows(12)
    answer = desk.post(SEND, {"file": upload(rows), "site": centre.here.pk}, follow=True)
    batch = Import.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("imports:columns", args=[batch.pk])
    preview = answer.context["preview"]
    assert len(preview.rows) == 10
    assert all(not wrong for _cells, wrong in preview.rows)
    shown = {text for cells, _problem in preview.rows for text, _wrong in cells}
    assert "Answered" in shown
    assert any(re.fullmatch(r"\d:\d\d", text) for text in shown)
    assert batch.columns[:2] == ["call_id", "agent"]
    assert not Call.objects.exists()


def test_trial_lists_every_bad_row_and_writes_nothing(centre, desk):
    bad = sample.bad_rows()
    send(desk, centre, [*sample.good_rows(3), *(row for row, _column in bad)])
    batch = Import.objects.get()
    run(desk, batch, trial="on")
    assert (batch.state, batch.new, batch.rejected) == ("tried", 3, len(bad))
    assert [reject.column for reject in batch.rejects.all()] == [column for _row, column in bad]
    assert not Call.objects.exists()
    page = desk.get(batch.get_absolute_url()).content.decode()
    assert "Nothing was written" in page
    assert "Satisfaction rating" in page


def test_one_bad_row_stops_all_or_nothing_and_the_good_rows_come_in_when_asked(centre, desk):
    send(desk, centre, [*sample.good_rows(3), sample.bad_rows()[0][0]])
    batch = Import.objects.get()
    run(desk, batch)
    assert (batch.state, batch.rejected) == ("refused", 1)
    assert not Call.objects.exists()
    desk.post(reverse("imports:run", args=[batch.pk]), {"mode": "good"})
    batch.refresh_from_db()
    assert work(batch.job_id)
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.rejected, batch.rejects.count()) == ("done", 3, 1, 1)
    assert Call.objects.count() == 3
    assert not batch.file
    assert batch.head == []  # customers' numbers stand there


def test_file_that_is_in_cannot_come_in_again_by_its_page_and_its_copy_says_so(centre, desk):
    content = sample.xlsx(sample.good_rows(3)).getvalue()

    def post():
        file = SimpleUploadedFile("calls.xlsx", content)
        return desk.post(SEND, {"file": file, "site": centre.here.pk}, follow=True)

    post()
    batch = Import.objects.get()
    run(desk, batch)
    assert desk.post(reverse("imports:run", args=[batch.pk]), {"mode": "all"}).status_code == 409
    assert post().context["before"] == batch
    second = Import.objects.latest("id")
    run(desk, second)
    assert (second.new, second.unchanged) == (0, 3)


def test_mended_rejects_come_in_with_the_columns_that_are_remembered(centre, desk):
    send(desk, centre, [*sample.good_rows(2), sample.bad_rows()[0][0]])
    batch = Import.objects.get()
    run(desk, batch, mode="good")
    content = b"".join(desk.get(reverse("imports:rejects", args=[batch.pk, "xlsx"])).streaming_content)
    header, row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert header == [*sample.HEADER, "Problem"]
    row[header.index("Satisfaction rating")] = "4"
    lines = "\n".join(",".join(map(str, cells)) for cells in (header[:-1], row[:-1])).encode()
    file = SimpleUploadedFile("mended.csv", lines)
    desk.post(SEND, {"file": file, "site": centre.here.pk, "source": "calls"})
    mended = Import.objects.latest("id")
    run(desk, mended)
    assert (mended.new, mended.rejected) == (1, 0)
    assert Mapping.objects.count() == 1


def test_columns_chosen_by_hand_are_remembered_for_the_same_header_and_for_its_refused_rows(centre, desk):
    content = "\ufeffNr;Wann;Ja;Wer\n1;2026-03-02 09:00;Y;10001\n".encode()
    for _time in range(2):
        desk.post(SEND, {"file": SimpleUploadedFile("x.csv", content), "site": centre.here.pk})
    first, second = Import.objects.order_by("id")
    assert first.columns == ["", "", "", ""]
    opened = desk.get(reverse("imports:columns", args=[first.pk])).content.decode()
    assert opened.count("Columns are missing: Call number") == 1
    chosen = {"column_0": "call_id", "column_1": "entered_at", "column_2": "outcome", "column_3": "agent"}
    desk.post(reverse("imports:columns", args=[first.pk]), {**chosen, "mode": "all", "trial": "on"})
    desk.post(SEND, {"file": SimpleUploadedFile("x.csv", content), "site": centre.here.pk})
    assert Import.objects.latest("id").columns == list(chosen.values())
    refused = "Nr;Wann;Ja;Wer;问题\n1;2026-03-02 09:00;Y;10001;row 2\n".encode()
    desk.post(SEND, {"file": SimpleUploadedFile("refused.csv", refused), "site": centre.here.pk})
    assert Import.objects.latest("id").columns == [*chosen.values(), ""]
    part = desk.post(
        reverse("imports:preview", args=[second.pk]), {**chosen, "column_3": ""}
    ).content.decode()
    assert "2026-03-02 09:00:00" in part
    assert "10001" not in part


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"column_0": ""}, "Columns are missing: Call number"),
        ({"column_1": "call_id"}, "Two columns mean the same"),
    ],
)
def test_columns_that_will_not_do_are_refused_and_the_choice_is_kept(centre, desk, change, says):
    send(desk, centre, sample.good_rows(1))
    batch = Import.objects.get()
    answer = run(desk, batch, **change)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    [(name, value)] = change.items()
    assert answer.context["form"][name].value() == value
    batch.refresh_from_db()
    assert batch.state == "open"


@pytest.mark.parametrize(
    ("given", "field", "status"),
    [
        ({"time_zone": "Mars/North"}, "time_zone", 422),
        ({"sheet": "None such"}, "sheet", 400),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "file", 422),
        ({"file": SimpleUploadedFile("x.csv", b"%PDF-1.7 ...")}, "file", 400),
        ({"site": 0}, "site", 422),
    ],
)
def test_upload_that_cannot_be_read_says_which_field_and_keeps_nothing(centre, desk, given, field, status):
    answer = send(desk, centre, sample.good_rows(1), source="old one", **given)
    assert answer.status_code == status
    assert list(answer.context["form"].errors) == [field]
    assert "old one" in answer.content.decode()
    assert not Import.objects.exists()


def test_upload_to_a_site_of_somebody_else_is_refused(centre, desk):
    answer = desk.post(SEND, {"file": upload(sample.good_rows(1)), "site": centre.far.pk})
    assert list(answer.context["form"].errors) == ["site"]


def test_only_who_sent_a_file_may_bring_it_in(centre, desk):
    send(desk, centre, sample.good_rows(1))
    batch = Import.objects.get()
    desk.force_login(centre.manager)
    assert desk.get(batch.get_absolute_url()).status_code == 200
    assert desk.get(reverse("imports:columns", args=[batch.pk])).status_code == 403
    assert desk.post(reverse("imports:run", args=[batch.pk]), {"mode": "all"}).status_code == 403
    desk.force_login(centre.agent)
    assert desk.get(batch.get_absolute_url()).status_code == 404
    assert desk.get(SEND).status_code == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_empty_file_is_understood_when_it_comes_back(centre, desk, form):
    answer = desk.get(reverse("imports:template", args=["calls", form]))
    content = b"".join(answer.streaming_content)
    desk.post(SEND, {"file": SimpleUploadedFile(f"empty.{form}", content), "site": centre.here.pk})
    batch = Import.objects.get()
    assert "" not in batch.columns
    run(desk, batch)
    assert (batch.state, batch.new) == ("done", 1)


def warm(desk, url) -> int:
    """Return how many statements a page takes whose frame is known already: its numbers are none of the page's."""
    desk.get(url)
    return len(statements(lambda: desk.get(url)))


def test_query_counts_of_the_pages_do_not_grow(centre, desk):
    for _time in range(3):
        send(desk, centre, [*sample.good_rows(2), *(row for row, _column in sample.bad_rows())])
    batch = Import.objects.latest("id")
    assert warm(desk, reverse("imports:columns", args=[batch.pk])) <= 12
    run(desk, batch, mode="good")
    assert warm(desk, SEND) <= 12
    assert warm(desk, batch.get_absolute_url()) <= 12


def test_the_way_back_is_open_to_whoever_brings_calls_in(client, centre):
    for person, page in ((centre.supervisor, "calls:list"), (centre.administrator, "imports:index")):
        client.force_login(person)
        assert f'href="{reverse(page)}">' in client.get(SEND).content.decode()
        assert client.get(reverse(page)).status_code == 200
