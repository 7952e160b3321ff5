"""The pages without a person: what they ask for, what they answer, and that no session ever stands behind them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from callcenter.log_rules import LogRules
from feedback import services
from feedback.anonymity import batch, receipts
from feedback.enums import Addressee, Kind, Status
from feedback.models import Claim, Item, Waiting
from tests.feedback.anonymity.browser import HEADERS, get_tokens, new_code, post, stamp_for, with_receipt

LATER = timedelta(days=30)


def test_a_receipt_reads_the_answer_asks_back_and_accepts(written, departments, house, now):
    item, code = written()
    assert (item.anonymous, item.submitted_at, item.status) == (True, None, Status.SUBMITTED)
    services.ask_back(actor=departments.owner, item_id=item.pk, text="Which row?", now=now)
    assert "Which row?" in with_receipt("read", code).text

    assert with_receipt("say", code, text="Row C.").status_code == 202
    batch.release_batches(now=now + LATER)
    assert item.words.get(by=None).text == "Row C."

    services.answer_item(actor=departments.owner, item_id=item.pk, text="New ones on Monday.", now=now)
    assert "New ones on Monday." in with_receipt("read", code).text
    marks = {"expected_days": 3, "expected_quality": 3, "found_quality": 5, "satisfied": "on"}
    assert with_receipt("confirm", code, **marks).status_code == 202
    batch.release_batches(now=now + LATER)
    item.refresh_from_db()
    assert (item.status, item.ending, item.survey.found_quality) == ("closed", "confirmed", 5)
    assert with_receipt("say", code, text="More.").status_code == 409


def test_a_receipt_disputes_and_the_executive_owns_the_item(written, departments, house, now):
    item, code = written()
    services.answer_item(actor=departments.owner, item_id=item.pk, text="No.", now=now)
    assert with_receipt("dispute", code, reason="").status_code == 422
    assert with_receipt("dispute", code, reason="That is no reason.").status_code == 202
    batch.release_batches(now=now + LATER)
    item.refresh_from_db()
    assert (item.status, item.disputes, item.escalation) == ("disputed", 1, "disputed")


def test_an_item_about_the_department_goes_past_it(written, departments):
    item, _code = written(about="on")
    assert (item.addressee, item.department) == (Addressee.EXECUTIVE, departments.it)


def test_a_reward_is_claimed_with_the_receipt_after_a_warning(written, departments, house, now):
    item, code = written(kind=Kind.SUGGESTION)
    side = {"item_id": item.pk, "now": now}
    services.assess_suggestion(
        actor=departments.owner, adopt=True, reason="Good.", carry_out_by=now.date() + LATER, **side
    )
    services.carry_out_suggestion(actor=departments.owner, result="Done.", **side)
    services.verify_suggestion(actor=departments.second, holds=True, **side)
    services.reward_suggestion(actor=departments.owner, reward="200 yuan", **side)
    assert "cannot be taken back" in with_receipt("read", code).text
    assert with_receipt("claim", code, work_number="20401").status_code == 422
    assert with_receipt("claim", code, work_number="0", sure="on").status_code == 422
    assert with_receipt("claim", code, work_number="20401", sure="on").status_code == 202
    batch.release_batches(now=now + LATER)
    assert Claim.objects.get().person == house.agent
    assert Item.objects.get(pk=item.pk).anonymous


def test_a_word_sent_before_an_acceptance_arrives_before_it(written, departments, now):
    item, code = written()
    services.answer_item(actor=departments.owner, item_id=item.pk, text="Done.", now=now)
    for _round in range(3):
        with_receipt("say", code, text="Thank you.")
    with_receipt("confirm", code)
    assert batch.release_batches(now=now) == 4
    assert item.words.count() == 3


def test_wrong_codes_are_answered_alike_and_cost_work(written):
    _item, code = written()
    wrong = [new_code(), code[:-1] + ("0" if code[-1] != "0" else "1")]
    answers = [with_receipt("read", one) for one in wrong]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    unpaid = Client(headers=HEADERS).post("/unnamed/read/", {"code": code, "stamp": "x" * 5})
    assert unpaid.json()["errors"][0]["code"] == "stamp" or receipts.is_stamped(code, "x" * 5)


def test_a_code_may_be_typed_as_people_type(written):
    _item, code = written()
    spaced = f" {code[:5]}-{code[5:10]} {code[10:]} ".lower()
    stamp = stamp_for(code)
    assert Client(headers=HEADERS).post("/unnamed/read/", {"code": spaced, "stamp": stamp}).status_code == 200


def test_all_look_ups_share_one_bucket(written, monkeypatch):
    _item, code = written()
    monkeypatch.setattr(receipts, "AT_ONCE", 2)
    monkeypatch.setattr(receipts, "WINDOW", 3600)
    assert [with_receipt("read", code).status_code for _time in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("path", ["", "receipt/", "keys/"])
def test_no_cookie_is_read_or_set_and_nothing_is_kept_by_browsers(
    client, house, path, django_assert_max_num_queries
):
    client.force_login(house.agent)
    client.cookies["sessionid"] = "not-a-session"
    with django_assert_max_num_queries(4):
        answer = client.get(f"/unnamed/{path}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not hasattr(answer.wsgi_request, "session")
    assert not hasattr(answer.wsgi_request, "user")
    assert not {"HTTP_COOKIE", "REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"} & set(
        answer.wsgi_request.META
    )


def test_a_post_makes_no_session(token, departments):
    before = Session.objects.count()
    assert not post(token, code=new_code(), department=departments.it).cookies
    assert Session.objects.count() == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_another_sites_page_posts_nothing(token, departments, origin):
    answer = post(
        token, code=new_code(), department=departments.it, headers={"origin": origin} if origin else {}
    )
    assert answer.status_code == 403
    assert not Waiting.objects.exists()


def test_the_page_says_the_promise_in_three_sentences(client, db):
    text = client.get("/unnamed/").text
    promise = text.split('class="state">')[1].split("</p>")[0]
    assert promise.count(".") == 3


def test_the_page_speaks_the_language_of_its_address(client, db):
    assert 'lang="zh-hant"' in client.get("/unnamed/?language=zh-hant").text


def test_scripts_in_a_text_are_only_text(written):
    _item, code = written(text="<script>alert(1)</script>", subject="<b>x</b>")
    shown = with_receipt("read", code).text
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_an_error_tells_nobody_when_it_was(token, departments, caplog, monkeypatch, now):
    def broken(*_args, **_more):
        message = f"quotes {'what was written'}"
        raise RuntimeError(message)

    monkeypatch.setattr("feedback.anonymity.views.check_wish", broken)
    assert post(token, code=new_code(), department=departments.it).status_code == 500
    assert not [record for record in caplog.records if LogRules().filter(record)]
    caplog.clear()
    batch.release_batches(now=now)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "RuntimeError at test_pages.py" in caplog.text
    assert "what was written" not in caplog.text


def test_three_together_go_at_once_and_one_alone_waits(house, departments, now):
    tokens = get_tokens(house.agent, 3, now=now)
    for number, token in enumerate(tokens, 1):
        assert post(token, code=new_code(), department=departments.it).status_code == 202
        assert batch.release_batches(now=now) == (3 if number == 3 else 0)
    assert len({item.released_at for item in Item.objects.all()}) == 1


def test_what_waits_is_sealed_and_says_nothing_by_its_length(house, departments, now):
    tokens = get_tokens(house.agent, 2, now=now)
    post(tokens[0], code=new_code(), department=departments.it, text="Short secret.")
    post(tokens[1], code=new_code(), department=departments.hr, text="Long secret. " * 60)
    rows = [bytes(row.sealed) for row in Waiting.objects.all()]
    assert len({len(row) for row in rows}) == 1
    assert not any(b"secret" in row for row in rows)


def test_one_bad_row_does_not_hold_the_others_up(house, departments, now):
    tokens = get_tokens(house.agent, 2, now=now)
    for token in tokens:
        post(token, code=new_code(), department=departments.it)
    Waiting.objects.create(sealed=b"junk" * 20, day=now.date())
    assert batch.release_batches(now=now) == 2
    assert (Item.objects.count(), Waiting.objects.count()) == (2, 1)
