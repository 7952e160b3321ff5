"""Lists as files: what is shown and nothing else, at once or in the background."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from callcenter.audit.models import Entry
from callcenter.jobs.models import Job
from callcenter.jobs.work import work
from callcenter.lists import export
from callcenter.lists.registry import list_named
from tests.factories.agents import SiteFactory
from tests.factories.calls import CallFactory

LIST = "/complaints/"


@pytest.fixture
def real_now():
    return timezone.now()


def read_csv(response) -> list[list[str]]:
    body = b"".join(response.streaming_content)
    assert body.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_csv_holds_the_rows_and_the_order_of_the_page(house, sign_in, real_now):
    house.complaint(now=real_now, subject="=1+1")
    house.complaint(now=real_now - timedelta(hours=1), subject="Invoice lost")
    house.complaint(now=real_now, subject="Tier three", tier=3, actor=house.regional)
    header, *rows = read_csv(sign_in(house.supervisor).get(f"{LIST}?tier=1&sort=received&export=csv"))
    assert header[:2] == ["Number", "What happened"]
    assert [row[1] for row in rows] == ["Invoice lost", "'=1+1"]
    assert timezone.localtime(real_now).strftime("%Y-%m-%d %H:%M") in rows[1][5]


def test_xlsx_holds_the_picked_rows_alone(house, sign_in, real_now):
    wanted = house.complaint(now=real_now)
    house.complaint(now=real_now)
    answer = sign_in(house.supervisor).get(f"{LIST}?export=xlsx&pick={wanted.pk}&pick=999999")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(
        0
    )
    _header, *rows = sheet.to_python()
    assert [row[0] for row in rows] == [wanted.reference]
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_the_file_speaks_the_language_of_its_reader(house, sign_in, real_now):
    house.complaint(now=real_now)
    get_user_model().objects.filter(pk=house.supervisor.pk).update(language="zh-hans")
    _header, row = read_csv(sign_in(house.supervisor).get(f"{LIST}?export=csv"))
    assert "电话" in row


def test_an_export_is_on_record_without_what_was_typed(house, sign_in, real_now):
    house.complaint(now=real_now, subject="Mr Liu's invoice")
    sign_in(house.supervisor).get(f"{LIST}?tier=1&q=liu&export=csv")
    entry = Entry.objects.get(action="list.exported")
    assert entry.actor_id == house.supervisor.pk
    assert entry.details == {
        "list": "complaints",
        "form": "csv",
        "rows": 1,
        "query": {"q": "…", "tier": ["1"]},
        "picked": 0,
    }


def test_nobody_exports_what_they_do_not_see(house, sign_in, real_now):
    complaint = house.complaint(now=real_now)
    assert sign_in(house.agent).get("/ops/outbox/?export=csv").status_code == 403
    house.complaint(now=real_now)
    seen = read_csv(sign_in(house.lead).get(f"{LIST}?export=csv&pick={complaint.pk}"))
    assert len(seen) == 1


def test_chunks_are_prepared_with_as_many_queries_each_however_many_rows(
    house, sign_in, real_now, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(export, "CHUNK", 2)
    for _one in range(5):
        house.complaint(now=real_now)
    client = sign_in(house.supervisor)
    with django_assert_max_num_queries(20):
        assert len(read_csv(client.get(f"{LIST}?export=csv"))) == 6


def test_a_long_list_becomes_a_job_whose_file_holds_what_its_person_sees(
    house, sign_in, real_now, monkeypatch
):
    monkeypatch.setattr(export, "AT_ONCE", 2)
    for _one in range(3):
        CallFactory(site=house.site, customer_name="13812345678")
    CallFactory(site=SiteFactory(), call_id="elsewhere")
    client = sign_in(house.supervisor)
    page = client.get(f"{reverse('calls:list')}?export=csv&outcome=answered")
    assert "in the background" in page.content.decode()
    assert not Job.objects.exists()
    given = {"query": "outcome=answered", "form": "csv"}
    answer = client.post(reverse("lists:export", args=["calls"]), given)
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert work(job.pk)
    job.refresh_from_db()
    assert (job.error, job.message) == ("", "3 rows are ready to download.")
    with default_storage.open(job.file) as file:
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert len(rows) == 4
    assert "138****5678" in rows[1]
    assert Entry.objects.get(action="list.exported").details["rows"] == 3


def test_every_list_that_has_a_name_exports_every_column_it_names(house, sign_in, settings, real_now):
    house.complaint(now=real_now)
    client = sign_in(house.administrator)
    settings.MAILBOX = True
    for name in ("people", "outbox", "notices", "feedback", "mailbox"):
        data_list = list_named(name)
        assert data_list.name == name
        header, *_rows = read_csv(client.get(f"{reverse(data_list.url)}?export=csv"))
        assert header == [str(column.label) for column in data_list.columns if column.value]


def test_words_of_many_bytes_are_exported_in_the_background_like_others(house, sign_in):
    words = "账单" * 50
    asked = {"form": "csv", "query": f"q={words}&tier=1"}
    sign_in(house.supervisor).post(reverse("lists:export", args=["complaints"]), asked)
    assert QueryDict(Job.objects.get().link.partition("?")[2])["q"] == words
