"""The pages of assessment: who opens them, what they show, what happens to wrong input."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from callcenter.jobs.models import Job
from callcenter.jobs.run import Run
from callcenter.templatetags.ui import percent
from kpi.models import Aim, Assessment, Checklist, Interview, Rating, Scheme, Scorecard, Trial
from kpi.services import assessments, trials
from kpi.work import assess, try_scheme
from tests.kpi.schemes.conftest import FACTS, OCTOBER

LISTS = ["scorecards", "assessments", "aims", "interviews", "ratings", "schemes", "checklists", "trial_rows"]


def page(name: str, *args) -> str:
    return reverse(f"kpi:{name}", args=args)


def lines(prefix: str, rows: list[dict]) -> dict[str, str]:
    """Return rows as a formset sends them."""
    fields = {f"{prefix}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **fields}


TYPED = {
    "role": "agent",
    "name": "Agents",
    "note": "",
    "team_share": 0,
    **lines(
        "indicator",
        [
            {
                "what": "fcr_of_answered",
                "weighing": "primary",
                "weight": 100,
                "threshold": 60,
                "target": 80,
                "stretch": 90,
                "threshold_points": 60,
                "target_points": 100,
                "stretch_points": 120,
            },
            {"what": "", "weighing": "primary"},
        ],
    ),
    **lines("grade", [{"name": "A", "at_least": 80, "factor": "1.1"}, {"name": "B", "at_least": 0}]),
    **lines("gate", [{"kind": "penalty", "count": 1, "cap": "B"}]),
}


@pytest.fixture
def published(office) -> Scorecard:
    """Return the agent's scorecard, told just now by the clock of the machine."""
    office.now = timezone.now()
    office.scheme()
    office.publish(office.run())
    return Scorecard.objects.get(person=office.house.agent)


def test_every_list_opens_for_whoever_assesses(office, sign_in, published):
    client = sign_in(office.house.service_manager)
    for name in LISTS:
        assert client.get(page(name)).status_code == 200, name


def test_an_agent_sees_the_own_score_and_nothing_else(office, sign_in, published):
    client = sign_in(office.house.agent)
    other = Scorecard.objects.get(person=office.house.colleague)
    own = client.get(published.get_absolute_url())
    assert own.status_code == 200
    assert reverse("calls:list") not in own.content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(published.assessment.get_absolute_url()).status_code == 404
    for name in ("new_assessment", "new_scheme", "new_interview", "new_checklist", "ratings", "trial_rows"):
        assert client.get(page(name)).status_code == 403, name
    for name in ("scorecards", "aims", "interviews", "schemes"):
        assert client.get(page(name)).status_code == 200, name


def test_a_scorecard_opens_down_to_the_calls(office, sign_in, published):
    client = sign_in(office.house.lead)
    text = client.get(published.get_absolute_url()).content.decode()
    address = page_of_calls = "/calls/?agent=20401&amp;since=2026-10-01&amp;until=2026-10-31"
    assert page_of_calls in text
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.context["list"].total in ("", "12") or "12" in str(answer.context["list"].in_words)


def test_a_scheme_is_written_with_per_cent_and_wrong_lines_stay_typed(office, sign_in):
    client = sign_in(office.house.service_manager)
    assert client.get(page("new_scheme")).status_code == 200
    wrong = client.post(page("new_scheme"), TYPED | {"indicator-0-weight": ""})
    assert wrong.status_code == 422
    assert b'value="60"' in wrong.content
    turned = client.post(page("new_scheme"), TYPED | {"indicator-0-stretch": 70})
    assert (turned.status_code, b"does not run one way" in turned.content) == (400, True)
    client.post(page("new_scheme"), TYPED)
    made = Scheme.objects.get()
    (indicator,) = made.indicators.all()
    assert (indicator.threshold, indicator.stretch, made.gates.get().cap) == (0.6, 0.9, "B")
    text = client.get(made.get_absolute_url()).content.decode()
    assert "1 indicator only" in text
    assert client.get(page("change_scheme", made.pk)).status_code == 200
    client.post(page("scheme_deed", made.pk, "adopt"), {"since": "2026-10"})
    made.refresh_from_db()
    assert made.since == OCTOBER
    following = client.get(f"{page('new_scheme')}?from={made.pk}").content.decode()
    assert 'value="80.0"' in following


def test_a_month_is_computed_by_a_job_and_goes_its_course(office, sign_in):
    office.scheme()
    client = sign_in(office.house.supervisor)
    asked = {"month": "2026-10", "role": "agent", "site": office.site.pk}
    assert client.post(page("new_assessment"), asked | {"month": "2999-01"}).status_code == 400
    answer = client.post(page("new_assessment"), asked)
    assert answer.status_code == 302

    result = assess(Run(Job.objects.get(kind="assessment")))
    found = Assessment.objects.get()
    assert result.url == found.get_absolute_url()
    assert "2 people" in client.get(result.url).content.decode()
    client.post(page("assessment_deed", found.pk, "publish"))
    found.refresh_from_db()
    assert found.state == "published"
    assert client.post(page("assessment_deed", found.pk, "approve")).status_code == 403
    waiting = sign_in(office.house.regional).get(found.get_absolute_url()).content.decode()
    assert "The time for appeals still runs." in waiting


def test_an_appeal_is_made_and_decided_on_the_pages(office, sign_in, published):
    agent = sign_in(office.house.agent)
    assert agent.post(page("appeal", published.pk), {"text": ""}).status_code == 422
    agent.post(page("appeal", published.pk), {"text": "The line was down."})
    judge = sign_in(office.house.supervisor)
    assert "The line was down." in judge.get(page("decide_appeal", published.pk)).content.decode()
    line = published.lines.all()[1]
    said = {"state": "granted", "decision": "It was.", "indicator": line.indicator_id, "figure": "90"}
    judge.post(page("decide_appeal", published.pk), said)
    line.refresh_from_db()
    assert (line.own, line.points) == (0.9, 120)
    text = judge.get(published.get_absolute_url()).content.decode()
    assert f"Corrected after an appeal; it was {percent(2 / 3)}. It was." in text


def test_a_locked_month_goes_to_pay_as_a_sheet(office, sign_in, published):
    found = published.assessment
    clerk = sign_in(office.clerk)
    assert clerk.get(page("pay_sheet", found.pk)).status_code == 409
    later = office.now + timedelta(days=30)
    assessments.approve_assessment(actor=office.house.regional, assessment_id=found.pk, now=later)
    clerk.post(page("assessment_deed", found.pk, "lock"))
    answer = clerk.get(page("pay_sheet", found.pk))
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [(row[3], row[7], row[10], row[11]) for row in rows[1:]] == [
        ("20401", 89.3, "B", 1),
        ("20402", 120, "A", 1.2),
    ]
    assert sign_in(office.house.supervisor).get(page("pay_sheet", found.pk)).status_code == 403


def test_a_trial_shows_who_gains_and_loses_beside_what_held(office, sign_in):
    office.scheme()
    draft = office.scheme(replace(FACTS, indicators=FACTS.indicators[:1]), since=None)
    client = sign_in(office.house.service_manager)
    client.post(page("try_scheme", draft.pk), {"first_month": "2026-09", "last_month": "2026-10", "site": ""})
    trial = Trial.objects.get()
    assert client.get(trial.get_absolute_url()).status_code == 200
    try_scheme(Run(trial.job))
    text = client.get(trial.get_absolute_url()).content.decode()
    assert "1 gain, 0 lose, 1 stay as they are." in text
    listed = client.get(f"{page('trial_rows')}?trial={trial.pk}&view=gain&export=csv")
    csv = b"".join(listed.streaming_content).decode("utf-8-sig")
    assert "20401" in csv
    assert "10.7" in csv
    assert Scorecard.objects.count() == 0


def test_a_supervisor_tries_on_the_own_site_only(office, sign_in):
    draft = office.scheme(since=None)
    client = sign_in(office.house.supervisor)
    typed = {"first_month": "2026-10", "last_month": "2026-10"}
    assert client.post(page("try_scheme", draft.pk), typed).status_code == 422
    assert client.post(page("try_scheme", draft.pk), typed | {"site": office.site.pk}).status_code == 302
    assert Trial.objects.visible_to(office.house.supervisor).exists()
    assert trials.MOST_MONTHS == 12


def test_a_checklist_is_written_and_people_are_rated_by_it(office, sign_in):
    client = sign_in(office.house.service_manager)
    client.post(page("new_checklist"), {"name": "Greeting", "points": "Says the name\n\nSums up"})
    checklist = Checklist.objects.get()
    assert [point.text for point in checklist.points.all()] == ["Says the name", "Sums up"]
    lead = sign_in(office.house.lead)
    month = f"{timezone.localdate():%Y-%m}"
    rated = {"person": "20401", "month": month, "point1": "yes", "point2": "none"}
    assert lead.get(page("rate", checklist.pk)).status_code == 200
    lead.post(page("rate", checklist.pk), rated)
    assert Rating.objects.get().marks == [True, None]
    assert lead.post(page("rate", checklist.pk), rated | {"person": "1101"}).status_code == 403
    assert percent(1) in lead.get(page("ratings")).content.decode()


def test_an_interview_leads_to_a_plan_that_the_other_side_agrees_to(office, sign_in, published):
    lead = sign_in(office.house.lead)
    day = office.house.lead.today
    asked = {"person": "20401", "planned_for": day.isoformat(), "subject": "October"}
    lead.post(f"{page('new_interview')}?card={published.pk}", asked)
    interview = Interview.objects.get()
    assert interview.card == published
    held = {"held_on": day.isoformat(), "agreed": "Listen in with a colleague."}
    lead.post(page("interview_deed", interview.pk, "hold"), held)
    until = day + timedelta(days=28)
    aim = {
        "person": "20401",
        "metric": "fcr_of_answered",
        "goal": "80",
        "since": day.isoformat(),
        "until": until.isoformat(),
        "measures": "Listening in twice a week",
    }
    lead.post(f"{page('new_aim')}?interview={interview.pk}", aim)
    made = Aim.objects.get()
    assert (made.kind, made.goal, made.interview) == ("plan", 0.8, interview)
    agent = sign_in(office.house.agent)
    assert agent.get(made.get_absolute_url()).status_code == 200
    assert agent.get(interview.get_absolute_url()).status_code == 200
    agent.post(page("aim_deed", made.pk, "agree"), {"answer": ""})
    made.refresh_from_db()
    assert made.state == "agreed"
    assert sign_in(office.house.colleague).get(made.get_absolute_url()).status_code == 404


def test_lists_ask_a_fixed_number_of_queries(office, sign_in, published, django_assert_max_num_queries):
    client = sign_in(office.house.supervisor)
    for name, most in (("scorecards", 12), ("assessments", 12)):
        client.get(page(name))
        with django_assert_max_num_queries(most):
            client.get(page(name), headers={"HX-Request": "true", "HX-Target": "list-rows"})
