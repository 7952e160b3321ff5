"""Complaints from a spreadsheet."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from callcenter.access import SYSTEM, NotAllowed
from callcenter.errors import DomainError
from callcenter.imports import kinds
from callcenter.imports.enums import Mode
from callcenter.sheets import write
from complaints import services
from complaints.enums import ClockKind
from complaints.models import Alert, Complaint
from tests.factories.calls import CustomerFactory
from tests.imports.bring import bring

HEADER = [
    "工单号",
    "受理时间",
    "客户",
    "联系电话",
    "客户类型",
    "主题",
    "投诉内容",
    "诉求",
    "级别",
    "渠道",
    "被投诉工号",
    "职场",
]
ROW = [
    "7",
    "2026-11-16 09:30",
    "刘先生",
    "13800001140",
    "个人",
    "两次收费",
    "两次上门都收费。",
    "退款",
    "1",
    "电话",
    "20401",
    "",
]


def row(**changes) -> list[str]:
    """Return a row with some cells changed, by header."""
    return [changes.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]


@pytest.fixture
def send(house, now):
    """Return a function that brings rows in, as the supervisor unless said otherwise."""

    def bringing(*rows, actor=None, header=HEADER, **more):
        lines = "".join(write.csv_lines(header, list(rows)))
        given = {"source": "12345", "site": house.site, "channel": "web"}
        return bring(
            "complaints",
            io.BytesIO(lines.encode()),
            given=given,
            now=now,
            actor=actor or house.supervisor,
            **more,
        )

    return bringing


def test_a_row_is_accepted_as_by_hand(house, send):
    assert send(ROW).new == 1
    complaint = Complaint.objects.get()
    assert (complaint.source, complaint.external_number, complaint.channel) == ("12345", "7", "telephone")
    assert complaint.received_at == datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
    assert (complaint.staff_concerned, complaint.team) == (house.agent, house.team)
    assert (complaint.recorded_by, complaint.handler) == (house.supervisor, house.supervisor)
    assert (complaint.customer.phone, complaint.customer.kind) == ("13800001140", "personal")
    assert complaint.clocks.filter(kind=ClockKind.RESOLUTION, starts_at=complaint.received_at).exists()


def test_english_headers_in_a_spreadsheet_are_known_too(house, now):
    header = ["Case number", "Received", "Customer", "Subject", "Description", "Tier", "Channel"]
    with write.xlsx(
        header, [["8", "2026-11-17 10:00", "Mr Hall", "Billed twice", "Twice.", "Company", "Letter"]]
    ) as sheet:
        given = {"source": "branch", "site": house.site, "channel": "web"}
        assert (
            bring("complaints", sheet, given=given, now=now, actor=house.supervisor, file_name="a.xlsx").new
            == 1
        )
    assert Complaint.objects.get().channel == "letter"


def test_the_same_number_is_recorded_once_and_another_matter_under_it_is_refused(send):
    send(ROW)
    again = send(ROW, row(工单号="8"), row(主题="另一件事"))
    assert (again.new, again.unchanged, again.rejected) == (1, 1, 1)
    assert "C-2026-" in again.rejects.get().reason
    assert Complaint.objects.count() == 2


BAD = {
    "a number that is missing": ({"工单号": ""}, "工单号"),
    "a time that is none": ({"受理时间": "昨天"}, "受理时间"),
    "a time in the future": ({"受理时间": "2090-01-01 09:00"}, "受理时间"),
    "a tier that is none": ({"级别": "9"}, "级别"),
    "a channel that is none": ({"渠道": "pigeon"}, "渠道"),
    "somebody unknown": ({"被投诉工号": "99999"}, "被投诉工号"),
    "a site that is none": ({"职场": "moon"}, "职场"),
    "a tier that is not the sender's to accept": ({"级别": "3"}, ""),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_named_with_its_column_and_leaves_nothing(send, what):
    changes, column = BAD[what]
    batch = send(row(**changes), row(工单号="8"))
    refused = batch.rejects.get()
    assert (refused.row, refused.column) == (2, column)
    assert refused.reason
    assert list(Complaint.objects.values_list("external_number", flat=True)) == ["8"]


def test_a_trial_and_all_or_nothing_write_nothing(send):
    assert send(ROW, trial=True).new == 1
    assert send(ROW, row(工单号=""), mode=Mode.ALL).rejected == 1
    assert not Complaint.objects.exists()


def test_what_is_overdue_already_escalates_once_for_each_level_and_no_more(send, now):
    send(row(受理时间="2026-11-16 09:30"))
    later = now + timedelta(minutes=1)
    while services.sweep_clocks(now=later):
        pass
    marks = Alert.objects.filter(kind="escalation", clock__kind=ClockKind.RESOLUTION).values_list(
        "mark", flat=True
    )
    assert list(marks) == sorted(set(marks))
    before = Alert.objects.count()
    services.sweep_clocks(now=later)
    assert Alert.objects.count() == before


def test_only_people_who_run_complaints_send_files_and_never_the_machine(house, send, sign_in):
    with pytest.raises(NotAllowed):
        send(ROW, actor=house.agent)
    with pytest.raises(DomainError, match="by a person"):
        send(ROW, actor=SYSTEM)
    assert sign_in(house.supervisor).get(reverse("imports:send", args=["complaints"])).status_code == 200
    assert sign_in(house.agent).get(reverse("imports:send", args=["complaints"])).status_code == 403


def test_numbers_of_customers_are_masked_where_the_page_shows_them(house, send, sign_in):
    batch = send(row(客户="", 联系电话="13899995678"))
    page = sign_in(house.supervisor).get(batch.get_absolute_url()).content.decode()
    assert "138****5678" in page
    assert "13899995678" not in page


def test_the_command_brings_a_file_in_in_somebodys_name(house, tmp_path, capsys):
    path = tmp_path / "cases.csv"
    path.write_text("".join(write.csv_lines(HEADER, [ROW, row(工单号="8", 级别="9")])))
    asked = {"source": "12345", "site": "main"}
    with pytest.raises(CommandError, match="by a person"):
        call_command("import_complaints", str(path), **asked)
    call_command("import_complaints", str(path), **asked, work_number="1001", mode=Mode.GOOD)
    assert "2 rows: 1 new, 0 changed, 0 known already, 1 refused" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Sites: main"):
        call_command("import_complaints", str(path), **{**asked, "site": "moon"})


def test_rows_of_a_known_customer_find_the_one_on_file(send):
    known = CustomerFactory(name="刘先生", phone="138-0000-1140")
    send(*(row(工单号=str(number)) for number in range(20)))
    assert set(Complaint.objects.values_list("customer", flat=True)) == {known.pk}


def test_the_example_of_the_empty_file_comes_in(house, send):
    fields = kinds.get("complaints").fields
    header = [str(field.label) for field in fields]
    assert send([field.example for field in fields], header=header).new == 1
    assert Complaint.objects.get().external_number == "12345-2026-0007"
