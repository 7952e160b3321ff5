"""Assessment over REST: the same acts and refusals as on its pages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from callcenter.audit.models import Entry
from callcenter.jobs.models import Job
from callcenter.jobs.run import Run
from kpi.api import scheme_examples as examples
from kpi.models import Assessment, Scheme, Scorecard, Trial
from kpi.services import assessments
from kpi.work import assess, try_scheme
from tests.kpi.schemes.conftest import OCTOBER
from tests.rest.conftest import program

__all__ = ["program"]

KPI = "/api/v1/kpi/"
DRAFT = examples.NEW_SCHEME | {
    "team_share": 0,
    "indicators": [
        examples.PARTS["indicators"][0],
        {"metric": "fcr_of_answered", "weight": 60, "threshold": 0.6, "target": 0.8, "stretch": 0.9},
    ],
}


def first_error(answer):
    return answer.json()["errors"][0]


def test_a_scheme_is_drafted_tried_and_adopted(office, program):
    manager = program(office.house.service_manager)
    made = [manager.send(f"{KPI}schemes/", DRAFT, **{"Idempotency-Key": "one"}) for _twice in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    (scheme,) = Scheme.objects.all()
    address = f"{KPI}schemes/{scheme.pk}/"
    wrong = manager.send(f"{address}change/", DRAFT | {"gates": [{"kind": "penalty", "cap": "Z"}]})
    assert (wrong.status_code, first_error(wrong)["field"]) == (400, "gates")
    tried = manager.send(f"{address}try/", {"first_month": "2026-10-01", "last_month": "2026-10-31"})
    assert tried.status_code == 201
    try_scheme(Run(Trial.objects.get().job))
    rows = manager.get(f"{KPI}trials/people/", {"trial": tried.json()["id"]}).json()["results"]
    assert [(row["person"], row["now_score"], row["draft_score"]) for row in rows] == [
        ("20401", None, "84.0"),
        ("20402", None, "120.0"),
    ]
    adopted = manager.send(f"{address}adopt/", {"since": "2026-10-15"}).json()
    assert (adopted["state"], adopted["since"]) == ("adopted", "2026-10-01")
    again = manager.send(f"{address}adopt/", {"since": "2026-10-15"})
    assert first_error(again)["code"] == "illegal_transition"


@pytest.fixture
def month(office, program) -> Assessment:
    """Return October, computed over REST."""
    office.scheme()
    asked = {"site": office.site.code, "role": "agent", "month": OCTOBER.isoformat()}
    answer = program(office.house.supervisor).send(f"{KPI}assessments/", asked)
    assert answer.status_code == 202
    assess(Run(Job.objects.get(pk=answer.json()["job"])))
    return Assessment.objects.get()


def test_a_month_goes_its_course(office, program, month):
    supervisor, agent = program(office.house.supervisor), program(office.house.agent)
    address = f"{KPI}assessments/{month.pk}/"
    read = supervisor.get(address)
    assert supervisor.send(f"{address}publish/", {}, **{"If-Match": '"old"'}).status_code == 412
    assert supervisor.send(f"{address}publish/", {}, **{"If-Match": read["ETag"]}).status_code == 200
    (card,) = agent.get(f"{KPI}scorecards/").json()["results"]
    assert (card["person"], card["score"], card["grade"]) == ("20401", "89.3", "B")
    mine = f"{KPI}scorecards/{card['id']}/"
    assert len(agent.get(mine).json()["lines"]) == 3
    assert agent.send(f"{mine}appeal/", examples.APPEAL).json()["appeal"]["state"] == "open"
    indicator = Scorecard.objects.get(pk=card["id"]).lines.first().indicator_id
    decision = examples.DECISION | {"indicator": indicator, "figure": 240}
    decided = supervisor.send(f"{mine}decide/", decision).json()
    assert (decided["score"], decided["appeal"]["state"]) == ("97.3", "granted")
    Assessment.objects.update(appeal_until=timezone.now() - timedelta(seconds=1))
    regional, clerk = program(office.house.regional), program(office.clerk)
    assert regional.send(f"{address}approve/", {}).json()["state"] == "approved"
    assert clerk.send(f"{address}lock/", {}).json()["locked_by"] == "6001"
    late = regional.send(f"{address}reopen/", {"reason": "Too late"})
    assert (late.status_code, first_error(late)["code"]) == (409, "illegal_transition")


def test_a_locked_month_is_taken_to_pay(office, program, month):
    supervisor, clerk = program(office.house.supervisor), program(office.clerk)
    address = f"{KPI}assessments/{month.pk}/pay/"
    soon = clerk.get(address)
    assert (soon.status_code, first_error(soon)["mend"]) == (409, "Lock it first.")
    assert supervisor.get(address).status_code == 403
    assert program(office.house.agent).get(address).status_code == 404
    office.publish(month)
    later = {"assessment_id": month.pk, "now": office.now + timedelta(days=30)}
    assessments.approve_assessment(actor=office.house.regional, **later)
    assessments.lock_assessment(actor=office.clerk, **later)
    answer = clerk.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="pay-2026-10-main-agent.xlsx"'
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [(row[3], row[7], row[10]) for row in rows[1:]] == [("20401", 89.3, "B"), ("20402", 120, "A")]
    taken = Entry.objects.get(action="assessment.exported")
    assert (taken.actor_id, taken.object_id) == (office.clerk.pk, str(month.pk))
    assert supervisor.get(address).status_code == 403


def test_nobody_reads_what_is_anothers(office, program, month):
    agent, lead = program(office.house.agent), program(office.house.lead)
    other = Scorecard.objects.get(person=office.house.colleague)
    assert agent.get(f"{KPI}scorecards/{other.pk}/").status_code == 404
    assert lead.get(f"{KPI}scorecards/").json()["results"] == []
    assert agent.get(f"{KPI}assessments/").json()["results"] == []
    assert agent.send(f"{KPI}assessments/{month.pk}/publish/", {}).status_code == 404
    assert agent.get(f"{KPI}ratings/").status_code == 403


def test_people_are_rated_talked_with_and_given_aims(office, program):
    lead, agent = program(office.house.lead), program(office.house.agent)
    manager = program(office.house.service_manager)
    checklist = manager.send(f"{KPI}checklists/", examples.NEW_CHECKLIST).json()
    today = office.house.agent.today
    rating = examples.NEW_RATING | {"checklist": checklist["id"], "month": today.isoformat()}
    assert lead.send(f"{KPI}ratings/", rating).json()["marks"] == [True, None]
    assert first_error(lead.send(f"{KPI}ratings/", rating | {"marks": [True]}))["field"] == "marks"
    assert agent.send(f"{KPI}ratings/", rating).status_code == 403
    talk = examples.NEW_INTERVIEW | {"card": None, "planned_for": today.isoformat()}
    planned = lead.send(f"{KPI}interviews/", talk).json()
    held = {"held_on": today.isoformat(), "agreed": "Listen in."}
    assert lead.send(f"{KPI}interviews/{planned['id']}/hold/", held).json()["state"] == "held"
    until = (today + timedelta(days=30)).isoformat()
    aim = examples.NEW_AIM | {"since": today.isoformat(), "until": until, "interview": planned["id"]}
    proposed = lead.send(f"{KPI}aims/", aim).json()
    assert (proposed["kind"], proposed["state"]) == ("plan", "proposed")
    answers = f"{KPI}aims/{proposed['id']}/"
    assert lead.send(f"{answers}agree/", {}).status_code == 403
    assert agent.send(f"{answers}agree/", {}).json()["state"] == "agreed"
    own = agent.send(f"{KPI}aims/", aim | {"interview": None}).json()
    assert own["kind"] == "own"
    declined = lead.send(f"{KPI}aims/{own['id']}/decline/", {"answer": "Too much at once."}).json()
    assert declined["answer"] == "Too much at once."
