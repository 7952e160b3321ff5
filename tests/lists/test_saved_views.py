"""Views that people save for themselves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.lists import services
from callcenter.lists.models import SavedView
from callcenter.lists.registry import list_named

LIST = "/complaints/"


@pytest.fixture
def save(house):
    """Return a function that saves a view of the complaints for the supervisor."""

    def saved(name="Tier one", query="tier=1", actor=house.supervisor):
        complaints = list_named("complaints")
        return services.save_view(
            actor=actor, data_list=complaints, name=name, query=query, now=timezone.now()
        )

    return saved


def test_a_view_is_saved_as_a_tab_with_what_the_list_understood(house, sign_in):
    client = sign_in(house.supervisor)
    answer = client.post(
        reverse("lists:save", args=["complaints"]),
        {"name": "Tier one", "query": "sort=-received&tier=1&channel=nonsense&page=3"},
    )
    assert answer.url == f"{LIST}?sort=-received&tier=1"
    page = client.get(answer.url)
    assert page.context["list"].current_saved.name == "Tier one"
    assert "is saved" in page.content.decode()
    assert Entry.objects.filter(action="list.view_saved", actor_id=house.supervisor.pk).exists()


@pytest.mark.parametrize(("name", "status"), [("", 422), ("x" * 61, 422), ("Tier one", 409)])
def test_a_name_that_does_not_do_is_asked_for_again_with_the_view_kept(house, sign_in, save, name, status):
    save()
    answer = sign_in(house.supervisor).post(
        reverse("lists:save", args=["complaints"]), {"name": name, "query": "tier=2"}
    )
    assert answer.status_code == status
    assert 'value="tier=2"' in answer.content.decode()
    assert answer.context["form"].errors
    assert SavedView.objects.count() == 1


def test_nobody_has_more_than_thirty_views_of_a_list(save, monkeypatch):
    for number in range(services.MOST_VIEWS):
        save(name=str(number))
    with pytest.raises(DomainError, match="30 views"):
        save()


def test_a_view_gets_another_name_and_goes_away_and_comes_back(house, sign_in, save):
    view, client = save(), sign_in(house.supervisor)
    client.post(reverse("lists:rename", args=[view.pk]), {"name": "First tier"})
    assert SavedView.objects.get().name == "First tier"
    page = client.post(reverse("lists:remove", args=[view.pk]), follow=True)
    assert not SavedView.objects.exists()
    undo = page.context["request"]
    form = page.content.decode().partition('action="/lists/complaints/save/?')[2].partition('"')[0]
    assert undo.path == LIST
    client.post(f"/lists/complaints/save/?{form.replace('&amp;', '&')}", {"csrfmiddlewaretoken": "x"})
    assert (SavedView.objects.get().name, SavedView.objects.get().query) == ("First tier", "tier=1")


def test_another_name_that_is_used_is_refused(save):
    view = save()
    save(name="Tier two")
    with pytest.raises(Conflict):
        services.rename_view(actor=view.person, view_id=view.pk, name="Tier two", now=timezone.now())


def test_nobody_sees_or_touches_another_ones_views(house, sign_in, save):
    view, client = save(), sign_in(house.regional)
    assert client.get(LIST).context["list"].saved == []
    for act in ("rename", "remove"):
        assert client.post(reverse(f"lists:{act}", args=[view.pk]), {"name": "Mine"}).status_code == 404
    with pytest.raises(NotFound):
        services.remove_view(actor=house.regional, view_id=view.pk, now=timezone.now())
    assert SavedView.objects.get() == view
    save(actor=house.regional)


def test_a_view_of_a_list_that_one_may_not_see_cannot_be_saved(house, sign_in):
    client = sign_in(house.agent)
    given = {"name": "x", "query": ""}
    assert client.post(reverse("lists:save", args=["outbox"]), given).status_code == 403
    assert client.post(reverse("lists:save", args=["nothing"]), given).status_code == 404


def test_more_than_a_view_holds_is_refused_in_words(house, sign_in):
    query = "&".join(["q=" + "账" * 100] * 9)
    answer = sign_in(house.supervisor).post(
        reverse("lists:save", args=["complaints"]), {"name": "Long", "query": query}
    )
    assert answer.status_code == DomainError.status
    assert "too much" in answer.content.decode()


def test_a_view_called_warning_goes_without_one(house, sign_in, save):
    view = save(name="warning")
    page = sign_in(house.supervisor).post(reverse("lists:remove", args=[view.pk]), follow=True)
    assert 'class="note is-ontime"' in page.content.decode()
