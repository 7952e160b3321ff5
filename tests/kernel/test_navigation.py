"""The frame's navigation: by permission, never with a dead link."""

import pytest
import rules
from django.test import RequestFactory
from django.urls import reverse

from callcenter.navigation import ADMINISTRATION, MAILBOX, MAIN, Frame

EVERY_ENTRY = [*MAIN, *ADMINISTRATION, MAILBOX]


class Person:
    """Somebody with just these permissions."""

    is_authenticated = True

    def __init__(self, *perms: str) -> None:
        self.perms = perms

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm in self.perms


def frame(path: str = "/", *perms: str) -> Frame:
    request = RequestFactory().get(path)
    request.user = Person(*perms)
    return Frame(request)


@pytest.mark.parametrize("entry", EVERY_ENTRY, ids=lambda entry: entry.url_name)
def test_entry_opens_a_page_and_asks_for_a_permission_that_exists(entry):
    assert reverse(entry.url_name)
    assert not entry.permission or rules.perm_exists(entry.permission)


def test_person_without_permissions_sees_only_what_is_for_everybody():
    assert [str(link.label) for link in frame().main] == ["Today", "Feedback"]
    assert frame().administration == []
    assert not frame().may_search


def test_permission_shows_its_entry():
    shown = frame("/", "complaints.list", "ops.outbox")
    assert "Complaints" in [str(link.label) for link in shown.main]
    assert [str(link.label) for link in shown.administration] == ["Outbox"]
    assert shown.may_search


@pytest.mark.parametrize(("kept_here", "labels"), [(True, ["Mailbox"]), (False, [])])
def test_mailbox_is_shown_only_while_mail_is_kept_here(settings, kept_here, labels):
    settings.MAILBOX = kept_here
    assert [str(link.label) for link in frame("/", "ops.mailbox").administration] == labels


@pytest.mark.parametrize(
    ("path", "label"), [("/", "Today"), ("/complaints/", "Complaints"), ("/complaints/C-1/", "Complaints")]
)
def test_one_entry_is_marked_as_open(path, label):
    marked = [str(link.label) for link in frame(path, "complaints.list").main if link.current]
    assert marked == [label]
