"""Which language somebody reads, and how it writes what is no word: numbers, lists, instants, in pages and in mail."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format

from callcenter.outbox import queue
from callcenter.outbox.delivery import render
from callcenter.outbox.models import Channel, Message
from callcenter.state import IllegalTransition, check_step
from callcenter.words import listed


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR, zh-HK;q=0.8", "zh-hant"),
        ("de-DE", "en"),
    ],
)
def test_a_first_visit_speaks_the_browsers_language(client, db, asked, spoken):
    page = client.get(reverse("account_login"), headers={"Accept-Language": asked})
    assert f'<html lang="{spoken}">' in page.content.decode()


def test_a_persons_choice_goes_before_the_browsers(house, sign_in):
    house.agent.language = "zh-hans"
    house.agent.save()
    page = sign_in(house.agent).get(reverse("today"), headers={"Accept-Language": "zh-TW"})
    assert '<html lang="zh-hans">' in page.content.decode()
    house.colleague.language = ""
    page = sign_in(house.colleague).get(reverse("today"), headers={"Accept-Language": "zh-TW"})
    assert '<html lang="zh-hant">' in page.content.decode()


def test_the_language_of_the_first_sign_in_is_kept_for_mail_and_the_next_one_changes_nothing(house, client):
    asked = {"login": house.agent.work_number, "password": "harbour-desk-2026"}
    for browser in ("zh-HK", "en-GB"):
        client.post(reverse("account_login"), asked, headers={"Accept-Language": browser})
        client.post(reverse("account_logout"))
    house.agent.refresh_from_db()
    assert house.agent.language == "zh-hant"


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_thousands_are_grouped_by_three_everywhere(language):
    with translation.override(language):
        assert number_format(1234567, force_grouping=True) == "1,234,567"
        assert Template('{{ n|floatformat:"0g" }}').render(Context({"n": 1234567})) == "1,234,567"


def test_a_list_is_joined_as_its_language_does():
    with translation.override("en"):
        assert listed(["A", "B"]) == "A, B"
    with translation.override("zh-hant"):
        assert listed(["A", "B"]) == "A、B"
        assert Template("{% load ui %}{{ all|listed }}").render(Context({"all": [1, 2]})) == "1、2"
        with pytest.raises(IllegalTransition) as refusal:
            check_step({"x": ["a", "b"]}, "x", "y")
        assert "a、b" in str(refusal.value.mend)


@pytest.mark.parametrize(
    ("language", "subject", "due"),
    [
        ("", "80 % of the time is used", "20 Nov 2026, 17:30"),
        ("zh-hans", "80", "11月20日 周五 17:30"),
        ("zh-hant", "80", "11月20日 週五 17:30"),
    ],
)
def test_a_mail_is_in_its_readers_language_with_times_as_it_writes_them(house, now, language, subject, due):
    house.supervisor.language = language
    context = {
        "reference": "C-1",
        "subject": "Charged twice",
        "tier": 1,
        "mark": 80,
        "path": "/complaints/C-1/",
        "received_at": "2026-11-18T02:00:00+00:00",
        "complaint_due_at": "2026-11-20T09:30:00+00:00",
    }
    facts = {"channel": Channel.EMAIL, "recipient": house.supervisor, "context": context, "now": now}
    queue.enqueue([queue.message("k:1", template="complaints/notify/warning", **facts)])
    mail = render(Message.objects.get())
    assert subject in mail.subject
    assert due in mail.text
    assert due in mail.html
    assert f'lang="{language or "en"}"' in mail.html
    assert ("of the time" in mail.subject) == (not language)
