"""The frame: by permission, never with a dead link; where somebody works, and how much waits for them."""

import pytest
import rules
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from agents.models import Department, Site, Team
from callcenter.access import Role
from callcenter.navigation import MAILBOX, MAIN, SETTINGS, Frame
from callcenter.place import Place

EVERY_ENTRY = [*MAIN, *SETTINGS, MAILBOX]


def frame(person, path: str = "/", place: str = "") -> Frame:
    request = RequestFactory().get(path)
    request.user = person
    request.COOKIES["place"] = place
    return Frame(request)


def labels(links) -> list[str]:
    return [str(link.label) for link in links]


@pytest.fixture
def second_site(house):
    """A second site, with a team, that the house's people do not answer for."""
    site = Site.objects.create(code="hill", name="Hill", calendar=house.site.calendar)
    Team.objects.create(site=site, name="Cedar")
    return site


@pytest.mark.parametrize("entry", EVERY_ENTRY, ids=lambda entry: entry.url_name)
def test_entry_opens_a_page_and_asks_for_a_permission_that_exists(entry):
    assert reverse(entry.url_name)
    assert not entry.permission or rules.perm_exists(entry.permission)


def test_department_owner_sees_what_is_for_everybody_and_no_settings(house):
    office = Department.objects.create(name="Facilities", scope="Rooms")
    owner = house.person("7001", Role.DEPARTMENT_OWNER, scope=office)
    assert labels(frame(owner).main) == ["Today", "Feedback", "Roster", "Bulletin"]
    assert frame(owner).settings == []


def test_permission_shows_its_entry(house):
    assert "Complaints" in labels(frame(house.supervisor).main)
    assert "Outbox" in labels(frame(house.administrator).settings)
    assert "Outbox" not in labels(frame(house.supervisor).settings)


@pytest.mark.parametrize("kept_here", [True, False])
def test_mailbox_is_shown_only_while_mail_is_kept_here(house, settings, kept_here):
    settings.MAILBOX = kept_here
    assert ("Mailbox" in labels(frame(house.administrator).settings)) == kept_here


@pytest.mark.parametrize(
    ("path", "label"), [("/", "Today"), ("/complaints/", "Complaints"), ("/complaints/C-1/", "Complaints")]
)
def test_one_entry_is_marked_as_open(house, path, label):
    assert labels(link for link in frame(house.supervisor, path).main if link.current) == [label]


def test_an_open_setting_marks_the_settings(house):
    assert frame(house.administrator, reverse("ops:outbox")).in_settings
    assert not frame(house.administrator).in_settings


def test_entries_say_how_much_waits_for_the_person(house, now):
    house.complaint(now=now)
    counts = {str(link.label): link.count for link in frame(house.supervisor).main}
    assert (counts["Today"], counts["Complaints"], counts["Feedback"]) == (1, 1, 0)
    assert {link.count for link in frame(house.colleague).main} == {0}


def test_what_somebody_has_just_done_shows_in_their_frame_at_once(house, sign_in, now):
    complaint = house.closable(now=now)
    client = sign_in(house.supervisor)
    assert '<span class="count">1</span>' in client.get("/search/").content.decode()
    client.post(reverse("complaints:act", args=[complaint.reference, "close"]), {"note": "Done."})
    assert '<span class="count">' not in client.get("/search/").content.decode()


def test_a_warm_frame_asks_the_database_for_nothing_that_it_shows(house, django_assert_num_queries):
    person = house.supervisor
    assert frame(person).main
    with django_assert_num_queries(0):
        assert frame(person).main
        assert frame(person).unread == 0
        assert frame(person).sites == ()


def test_places_to_pick_are_those_that_the_person_answers_for(house, second_site):
    Team.objects.create(site=house.site, name="Birch")
    assert [site.code for site in frame(house.executive).sites] == ["hill", "main"]
    assert [name for _, name in frame(house.supervisor).sites[0].teams] == ["Birch", "Osmanthus"]
    assert frame(house.lead).sites == ()
    assert frame(house.agent).sites == ()


def test_lists_in_the_navigation_carry_the_remembered_place_and_other_pages_do_not(house, second_site):
    place = f"main:{house.team.pk}"
    links = {str(link.label): link.url for link in frame(house.executive, place=place).main}
    assert links["Complaints"] == f"/complaints/?site=main&team={house.team.pk}"
    assert links["Today"] == f"/?site=main&team={house.team.pk}"
    assert links["Feedback"] == "/feedback/"


@pytest.mark.parametrize("cookie", ["gone", "hill", "main:99999", "' OR 1=1", "main:x", "\x00"])
def test_a_remembered_place_that_is_gone_or_not_theirs_is_none(house, second_site, cookie):
    assert frame(house.supervisor, place=cookie).place.team == ""
    assert frame(house.supervisor, place=cookie).place.site in ("", "main")


def test_the_number_at_today_is_that_of_the_picked_place(house, second_site, now):
    house.complaint(now=now)
    waiting = [
        frame(house.supervisor, place=place).main[0].count for place in ("main", f"main:{house.team.pk}")
    ]
    assert waiting == [1, 0]


def test_the_number_at_complaints_is_that_of_the_picked_place(house, second_site, now):
    house.complaint(now=now)
    waiting = {
        place: next(
            link.count
            for link in frame(house.executive, place=place).main
            if link.url.startswith("/complaints/")
        )
        for place in ("", "main", "hill")
    }
    assert waiting == {"": 1, "main": 1, "hill": 0}


def test_on_a_list_the_address_says_which_place_is_picked(house, second_site):
    shown = frame(house.executive, "/complaints/?site=hill", place="main")
    assert shown.place == Place("hill")
    assert shown.place_names == ("Hill", "")
    assert frame(house.executive, "/complaints/", place="main").place_names == ("", "")
    assert frame(house.executive, "/feedback/", place="main").place_names == ("Main", "")


def test_picking_a_place_remembers_it_for_a_year_and_names_it_in_the_lists_address(house, sign_in):
    client = sign_in(house.supervisor)
    answer = client.post(
        reverse("agents:pick_place"),
        {"place": f"main:{house.team.pk}", "next": "/complaints/?q=bill&page=3&site=old"},
    )
    assert answer.headers["Location"] == f"/complaints/?q=bill&site=main&team={house.team.pk}"
    assert answer.cookies["place"].value == f"main:{house.team.pk}"
    assert answer.cookies["place"]["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize(
    ("place", "after", "led_to", "kept"),
    [
        ("hill", "/complaints/", "/complaints/", ""),
        ("main", "/feedback/", "/feedback/", "main"),
        ("main", "https://elsewhere.example/", "/", "main"),
        ("main", "//elsewhere.example/", "/", "main"),
    ],
)
def test_picking_leads_back_and_never_elsewhere(house, second_site, sign_in, place, after, led_to, kept):
    client = sign_in(house.supervisor)
    answer = client.post(reverse("agents:pick_place"), {"place": place, "next": after})
    assert answer.headers["Location"] == led_to
    assert answer.cookies["place"].value == kept


def test_frame_is_drawn_with_place_counts_and_menus(house, second_site, sign_in, now):
    house.complaint(now=now)
    page = sign_in(house.executive).get("/search/").content.decode()
    assert 'aria-label="Site and team"' in page
    assert '<span class="count">1</span>' in page
    assert "style=" not in page
    cache.clear()
    assert 'aria-label="Site and team"' not in sign_in(house.agent).get("/search/").content.decode()
