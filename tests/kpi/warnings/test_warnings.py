"""What people do about early warnings, on pages and over REST: look, record a deed, close, choose."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agents.models import User
from callcenter.access import Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.place import Place
from kpi.enums.warnings import DeedKind, Ending, Subject
from kpi.in_frame import unanswered
from kpi.models import EarlyWarning, WarningDeed, WarningMail, WarningPolicy, WarningReading
from kpi.selectors.warnings import effect
from kpi.services import warnings as services
from tests.pages import LIST_PART

HALF_HOUR = timedelta(minutes=30)
API = "/api/v1/kpi/warnings/"


@pytest.fixture
def begun():
    return timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)


@pytest.fixture
def warn(house, begun):
    """Return a function that makes an open warning; `values` are those of its half hours, out above 0.8."""

    def make(kind=Subject.TEAM, values=(0.5, 0.6), metric="fcr_of_answered", **facts):
        about = {"team": house.team} if kind == Subject.TEAM else {}
        if kind == Subject.AGENT:
            about = {"team": house.team, "agent": house.agent}
        row = EarlyWarning.objects.create(
            **{
                "kind": kind,
                "site": house.site,
                "metric": metric,
                "severity": 2,
                "since": begun,
                "raised_at": begun + timedelta(minutes=20),
                "value": values[-1],
                "calls": 20,
                "middle": 0.9,
                "low": 0.8,
                "high": 1.0,
                "sample": 12,
                **about,
                **facts,
            }
        )
        WarningReading.objects.bulk_create(
            WarningReading(
                warning=row,
                at=begun + at * HALF_HOUR,
                value=value,
                calls=10 + 10 * at,
                low=0.8,
                severity=0 if value >= 0.8 else 2,
                finished=True,
            )
            for at, value in enumerate(values)
        )
        return row

    return make


def errors(answer):
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_the_lead_records_what_was_done_and_it_is_on_record(warn, house, begun):
    row = warn()
    services.record_deed(
        actor=house.lead, warning_id=row.pk, kind=DeedKind.HELPED, note=" With two of them ", now=begun
    )
    deed = WarningDeed.objects.get()
    assert (deed.done_by, deed.note) == (house.lead, "With two of them")
    entry = Entry.objects.get(action="warning.answered")
    assert entry.details["kind"] == "helped"


def test_something_else_needs_a_note(warn, house, begun):
    row = warn()
    with pytest.raises(DomainError) as refusal:
        services.record_deed(actor=house.lead, warning_id=row.pk, kind="other", now=begun)
    assert refusal.value.field == "note"


def test_what_was_done_first_can_be_recorded_for_a_week_after_the_end(warn, house, begun):
    row = warn(closed_at=begun, ending=Ending.BACK)
    given = {"actor": house.lead, "warning_id": row.pk, "kind": "talked"}
    services.record_deed(**given, now=begun + timedelta(days=6))
    with pytest.raises(Conflict):
        services.record_deed(**given, now=begun + timedelta(days=8))


def test_closed_by_hand_it_says_why_and_by_whom_and_only_once(warn, house, begun):
    row = warn()
    given = {"actor": house.lead, "warning_id": row.pk, "now": begun}
    with pytest.raises(DomainError):
        services.close_warning(**given, reason="  ")
    done = services.close_warning(**given, reason="The line was faulty")
    assert (done.ending, done.closed_by, done.reason) == (Ending.BY_HAND, house.lead, "The line was faulty")
    with pytest.raises(Conflict):
        services.close_warning(**given, reason="Again")


def test_before_and_after_a_deed_are_sums_of_their_calls(warn, house, begun):
    row = warn(values=(0.5, 0.6, 0.7, 0.9))
    services.record_deed(actor=house.lead, warning_id=row.pk, kind="moved", now=begun + timedelta(minutes=45))
    found = effect(row)
    assert (found.before.intervals, found.before.calls, found.before.out) == (2, 30, 2)
    assert found.before.value == pytest.approx((0.5 * 10 + 0.6 * 20) / 30)
    assert (found.after.intervals, found.after.calls, found.after.out) == (2, 70, 1)
    assert found.after.value == pytest.approx((0.7 * 30 + 0.9 * 40) / 70)
    assert found.summed


def test_of_percentiles_the_middle_interval_speaks(warn):
    assert not effect(warn(metric="handle_time_p90")).summed


SEES = {
    "agent": False, "colleague": False, "lead": True, "supervisor": True, "regional": True,
    "service_manager": True, "executive": True, "administrator": False,
}  # fmt: skip


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_who_sees_a_warning_about_an_agent(warn, house, sign_in, who, sees):
    row = warn(Subject.AGENT)
    page = sign_in(getattr(house, who)).get(row.get_absolute_url())
    assert page.status_code == (200 if sees else 403)


ANSWERS = {**SEES, "executive": False}


@pytest.mark.parametrize(("who", "may"), ANSWERS.items())
def test_who_answers_a_warning(warn, house, begun, who, may):
    row, person = warn(), getattr(house, who)
    assert person.has_perm("kpi.answer_warning", row) is may
    if not may:
        with pytest.raises(NotAllowed):
            services.record_deed(actor=person, warning_id=row.pk, kind="talked", now=begun)


def test_nobody_sees_or_answers_a_warning_about_themself(warn, house):
    row = warn(Subject.AGENT, agent=house.supervisor)
    assert not EarlyWarning.objects.visible_to(house.supervisor).exists()
    assert not house.supervisor.has_perm("kpi.answer_warning", row)


def test_the_lead_of_another_team_and_the_supervisor_of_another_site_see_nothing(warn, house):
    row = warn()
    other = house.person("1102", Role.TEAM_LEAD)
    assert not EarlyWarning.objects.visible_to(other).filter(pk=row.pk).exists()


def test_the_list_says_what_is_wrong_how_bad_and_what_was_done(warn, house, sign_in, begun):
    row = warn()
    client = sign_in(house.lead)
    page = client.get("/kpi/warnings/").content.decode()
    assert "Osmanthus" in page
    assert "60.0" in page
    assert "Off target" in page
    services.record_deed(actor=house.lead, warning_id=row.pk, kind="helped", now=begun)
    assert "Helped on the floor" in client.get("/kpi/warnings/").content.decode()
    assert "Osmanthus</b>" not in client.get("/kpi/warnings/?view=unanswered").content.decode()
    exported = b"".join(client.get("/kpi/warnings/?export=csv").streaming_content).decode()
    assert f"W-{row.pk},Osmanthus,Team" in exported


def test_a_page_of_the_list_costs_the_same_for_one_and_for_many(warn, house, sign_in):
    client = sign_in(house.supervisor)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get("/kpi/warnings/", headers=LIST_PART)
        return len([one for one in captured if "django_session" not in one["sql"]])

    warn()
    cost()
    few = cost()
    for kind, metric in ((Subject.SITE, "answer_rate"), (Subject.AGENT, "handle_time_p90")):
        warn(kind, metric=metric)
    assert cost() == few


def test_the_page_shows_course_calls_and_whether_it_came_back(warn, house, sign_in, begun):
    row = warn(values=(0.5, 0.6, 0.9))
    services.record_deed(
        actor=house.lead,
        warning_id=row.pk,
        kind="coached",
        note="Greeting",
        now=begun + timedelta(minutes=50),
    )
    page = sign_in(house.lead).get(row.get_absolute_url()).content.decode()
    assert "usual again in 1 of them" in page
    assert "Greeting" in page
    assert f"/calls/?site=main&amp;team={house.team.pk}" in page
    assert "/roster/cover/" in page


def test_a_deed_is_recorded_on_the_page_and_what_is_wrong_is_said_there(warn, house, sign_in):
    row, client = warn(), sign_in(house.lead)
    address = f"{row.get_absolute_url()}deed/"
    wrong = client.post(address, {"kind": "other", "note": ""})
    assert wrong.status_code == 400
    assert "Say what was done." in wrong.content.decode()
    assert client.post(address, {"kind": "talked", "note": ""}).status_code == 302
    closed = client.post(f"{row.get_absolute_url()}close/", {"reason": "A drill"})
    assert closed.status_code == 302
    assert EarlyWarning.objects.get().reason == "A drill"


def test_the_navigation_counts_what_nobody_has_answered(warn, house, begun):
    row = warn()
    assert unanswered(house.lead, Place(), begun) == 1
    assert unanswered(house.lead, Place("main", str(house.team.pk)), begun) == 1
    assert unanswered(house.agent, Place(), begun) == 0
    services.record_deed(actor=house.lead, warning_id=row.pk, kind="talked", now=begun)
    assert unanswered(User.objects.get(pk=house.lead.pk), Place(), begun) == 0


def test_today_shows_the_worst_of_the_place_that_one_works_with(warn, house, sign_in):
    warn()
    warn(Subject.SITE, metric="answer_rate", severity=3)
    client = sign_in(house.supervisor)
    page = client.get("/kpi/today/").content.decode()
    assert page.index("Main</b>") < page.index("Osmanthus</b>")
    assert "nothing done yet" in page
    of_team = client.get(f"/kpi/today/?site=main&team={house.team.pk}").content.decode()
    assert "Main</b>" not in of_team
    assert "kpi-warnings" not in client.get("/kpi/today/?team=x").content.decode()
    assert "kpi-warnings" not in sign_in(house.agent).get("/kpi/today/").content.decode()


def test_settings_are_set_by_who_may_and_refused_out_of_range(house, sign_in):
    page = sign_in(house.service_manager).get("/kpi/warnings/settings/")
    given = {name: field.initial for name, field in page.context["form"].fields.items()}
    given |= page.context["form"].initial | {"width": 4, "of_agents": ["handle_time_p50"]}
    client = sign_in(house.service_manager)
    saved = client.post("/kpi/warnings/settings/", given)
    assert saved.status_code == 302, saved.context["form"].errors
    policy = WarningPolicy.objects.get()
    assert (policy.width, policy.of_agents) == (4, ["handle_time_p50"])
    assert Entry.objects.get(action="warning.policy_set").details["new"]["width"] == 4
    assert client.post("/kpi/warnings/settings/", {**given, "weeks": 99}).status_code == 422
    assert sign_in(house.lead).get("/kpi/warnings/settings/").status_code == 403
    with pytest.raises(DomainError) as refusal:
        services.set_policy(
            actor=house.service_manager, changes={"of_teams": ["offered"]}, now=timezone.now()
        )
    assert refusal.value.field == "of_teams"


def test_mail_is_chosen_and_given_up(house, sign_in):
    client = sign_in(house.lead)
    assert client.get("/kpi/warnings/mail/").status_code == 200
    client.post("/kpi/warnings/mail/", {"severity": "2"})
    assert WarningMail.objects.get().severity == 2
    client.post("/kpi/warnings/mail/", {"severity": ""})
    assert not WarningMail.objects.exists()


def test_programs_list_read_answer_and_close_warnings(warn, house, sign_in):
    row, client = warn(), sign_in(house.lead)
    (listed,) = client.get(API, {"view": "open", "severity": 2}).json()["results"]
    assert (listed["id"], listed["team"], listed["agent"]) == (row.pk, house.team.pk, None)
    read = client.get(f"{API}{row.pk}/").json()
    assert [one["severity"] for one in read["readings"]] == [2, 2]
    sent = {"kind": "helped", "note": "Sat with them"}
    answered = client.post(f"{API}{row.pk}/deeds/", sent, content_type="application/json")
    assert answered.status_code == 201
    assert answered.json()["deeds"][0]["done_by"] == "1101"
    wrong = client.post(f"{API}{row.pk}/deeds/", {"kind": "sung"}, content_type="application/json")
    assert errors(wrong) == [("kind", "invalid_choice")]
    closed = client.post(f"{API}{row.pk}/close/", {"reason": "A drill"}, content_type="application/json")
    assert closed.json()["ending"] == "by_hand"
    assert sign_in(house.agent).get(API).status_code == 403
    assert sign_in(house.colleague).get(f"{API}{row.pk}/").status_code == 403
