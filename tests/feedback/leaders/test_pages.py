"""The leaders' pages: report, paper, analysis, files, REST; for leaders only, with pinned queries."""

import csv
from datetime import timedelta

import pytest

from callcenter.audit.models import Entry
from feedback import services
from tests.documents.reader import characters
from tests.feedback.leaders.conftest import MONDAY, answered, confirmed, survey

REPORTS, ANALYSIS = "/feedback/leaders/", "/feedback/leaders/analysis/"
REPORT = f"{REPORTS}2026-03-09/"
API = "/api/v1/feedback/reports/"
FIGURES = "/api/v1/feedback/reports/figures/"


@pytest.fixture
def weeks(happened, departments):
    """Two weeks of feedback: the second with a department that is too small to be told of."""
    happened(12, **answered(2))
    survey(happened(6, **confirmed()))
    second = MONDAY + timedelta(weeks=1)
    happened(22, at=second, **answered(30, at=second))
    [topic] = happened(
        1, at=second, to=departments.hr, public_subject="车位", public_text="…", published_at=second, voices=9
    )
    services.make_reports(now=MONDAY + timedelta(weeks=2))
    return topic


@pytest.fixture
def leader(client, house):
    client.force_login(house.service_manager)
    return client


def test_leaders_are_led_to_the_newest_report_beside_the_week_before(leader, weeks):
    page = leader.get(REPORTS, follow=True)
    assert page.redirect_chain == [(REPORT, 302)]
    assert "车位" in page.text
    assert "before: 18" in page.text
    told = {one["row"].name: one["row"].figures["new"] for one in page.context["departments"]}
    assert told["Others together"] == 23
    assert told["IT"] is None


@pytest.mark.parametrize("who", ["agent", "lead", "supervisor", "regional", "administrator"])
@pytest.mark.parametrize(
    "address", [REPORTS, REPORT, f"{REPORT}print/", ANALYSIS, f"{ANALYSIS}groups.csv", API, FIGURES]
)
def test_nobody_else_reads_them(client, house, weeks, who, address):
    client.force_login(getattr(house, who))
    assert client.get(address).status_code == 403


def test_without_a_report_the_page_says_when_there_will_be_one(leader, departments):
    assert "No report yet" in leader.get(REPORTS).text
    assert "No report in this time" in leader.get(ANALYSIS).text


@pytest.mark.parametrize("since", ["2026-03-10", "2025-01-06", "monday", "2026-13-40"])
def test_there_is_no_report_of_another_day(leader, weeks, since):
    assert leader.get(f"{REPORTS}{since}/").status_code == 404


def test_the_report_is_printed_in_chinese_and_that_is_on_record(leader, weeks, house):
    paper = leader.get(f"{REPORT}print/", headers={"accept-language": "zh-hans"})
    assert paper["Content-Type"] == "application/pdf"
    assert set("车位23") <= characters(paper.content)
    assert Entry.objects.get(action="feedback.figures_taken").details["form"] == "pdf"


def test_the_analysis_adds_up_weeks_and_says_in_how_many_a_group_is_told(leader, weeks):
    page = leader.get(ANALYSIS, {"by": "department", "weeks": "4"})
    assert page.context["tables"][0]["all"][0]["text"] == "41"
    [it] = [one for one in page.context["tables"][0]["rows"] if one["row"].name == "IT"]
    assert it["cells"][0]["text"] == "≥ 18"
    volume = page.context["volume"]
    assert volume["series"][0]["values"] == [18, 23]


def test_a_wrong_question_is_named_and_the_page_stays(leader, weeks):
    page = leader.get(ANALYSIS, {"by": "person", "weeks": "3", "until": "tomorrow"})
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {"by", "weeks", "until"}


@pytest.mark.parametrize("part", ["groups", "weeks"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_are_handed_out_as_a_file_without_what_is_hidden(leader, weeks, part, form):
    answer = leader.get(f"{ANALYSIS}{part}.{form}", {"by": "department"})
    assert answer.status_code == 200
    content = answer.getvalue()
    if form == "csv":
        lines = list(csv.reader(content.decode().splitlines()))
        name = lines[0].index("Name")
        told = [line[-17] for line in lines if line[name] == "HR"]
        assert set(told) == ({"0"} if part == "groups" else {"0", ""})
    assert Entry.objects.filter(action="feedback.figures_taken", details__form=form).count() == 1


def test_rest_tells_the_same_figures(leader, weeks):
    listed = leader.get(API).json()["reports"]
    assert [one["since"] for one in listed] == ["2026-03-09", "2026-03-02"]
    answer = leader.get(FIGURES, {"by": "department", "weeks": 4}).json()
    assert (answer["from"], answer["to"]) == ("2026-03-02", "2026-03-15")
    assert answer["all"]["new"] == 41
    assert {row["name"]: row["new"] for row in answer["rows"]}["IT"] == 18
    assert {row["name"]: row["weeks"] for row in answer["rows"]}["Others together"] == 1
    wrong = leader.get(FIGURES, {"by": "person"})
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["field"] == "by"


@pytest.mark.parametrize(
    ("address", "queries"), [(REPORT, 6), (f"{ANALYSIS}?by=site", 4), (f"{FIGURES}?weeks=52", 4)]
)
def test_pages_take_few_queries_however_many_weeks(
    leader, weeks, address, queries, django_assert_max_num_queries
):
    leader.get(address)
    with django_assert_max_num_queries(queries):
        assert leader.get(address).status_code == 200
