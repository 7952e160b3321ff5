"""Who may post without a name, and how often: the server signs so many tokens for each, and takes each once."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections, connection

from agents.models import Department
from callcenter.access import Role
from callcenter.errors import Conflict, DomainError
from feedback.anonymity import batch, blind, issuing, keys, sealing
from feedback.anonymity.intake import check_token
from feedback.models import FeedbackPolicy, Issue, SigningKey, SpentToken, Waiting
from tests.feedback.anonymity.browser import blind_message, get_tokens, new_code, post, unblind

MONTH = 5


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_nobody_gets_more_tokens_than_the_month_allows(house, now):
    get_tokens(house.agent, MONTH, now=now)
    with pytest.raises(Conflict):
        get_tokens(house.agent, 1, now=now)
    assert len(get_tokens(house.colleague, MONTH, now=now)) == MONTH
    assert Issue.objects.get(person=house.agent).signed == MONTH


def test_what_is_refused_does_not_count(house, now):
    key = keys.current_key(now=now)
    with pytest.raises(DomainError):
        issuing.issue_tokens(actor=house.agent, period=key.period, blinded=[b"\xff" * 256], now=now)
    assert not Issue.objects.filter(signed__gt=0).exists()


def test_fetching_ahead_keeps_step_with_the_month(house):
    def ahead(day: int) -> int:
        return issuing.allowance(house.agent, now=datetime(2026, 11, day, 4, tzinfo=UTC)).ahead

    assert [ahead(1), ahead(7), ahead(30)] == [1, 2, 2]
    get_tokens(house.agent, 1, now=datetime(2026, 11, 1, 4, tzinfo=UTC))
    assert [ahead(2), ahead(7), ahead(30)] == [0, 1, 2]


def test_a_spent_token_is_refused_before_and_after_its_batch(token, departments, now):
    code = new_code()
    assert post(token, code=code, department=departments.it).status_code == 202
    assert refusal(post(token, code=new_code(), department=departments.it)) == (409, "spent")
    assert batch.release_batches(now=now + timedelta(days=20)) == 1
    assert (Waiting.objects.count(), SpentToken.objects.count()) == (0, 1)
    assert refusal(post(token, code=new_code(), department=departments.it)) == (409, "spent")


def test_a_wrong_form_costs_no_token(token, departments):
    answer = post(token, code=new_code(), department=departments.it, subject="")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "subject")
    assert refusal(post(token, code=new_code(), department=departments.kitchen))[0] == 400
    assert post(token, code=new_code(), department=departments.it).status_code == 202


def forged(token: bytes, now) -> bytes:
    return token[:98] + secrets.token_bytes(256)


def altered(token: bytes, now) -> bytes:
    return token[:2] + secrets.token_bytes(32) + token[34:]


def of_another_house(token: bytes, now) -> bytes:
    """Signed properly, by a key that is not ours."""
    private = blind.make_key()
    public = blind.public_of(private)
    message = blind.TYPE + secrets.token_bytes(32) + blind.CHALLENGE_DIGEST + blind.key_id(public)
    n = int.from_bytes(public[-256 - 5 : -5])
    sent = blind_message(n, blind.EXPONENT, message, salt=secrets.token_bytes(48), r=7)
    return message + unblind(n, blind.blind_sign(private, sent), 7)


def under_our_name(token: bytes, now) -> bytes:
    """Signed by another key, and says that it was ours."""
    theirs = of_another_house(token, now)
    return theirs[:66] + token[66:98] + theirs[98:]


@pytest.mark.parametrize("wrong", [forged, altered, of_another_house, under_our_name])
def test_a_token_that_is_not_ours_is_refused(token, departments, now, wrong):
    assert refusal(post(wrong(token, now), code=new_code(), department=departments.it)) == (401, "token")
    assert not Waiting.objects.exists()


def test_tokens_of_last_month_are_taken_for_seven_days_and_no_more(house):
    token = get_tokens(house.agent, 1, now=datetime(2026, 10, 30, 4, tzinfo=UTC))[0]

    check_token(token, now=datetime(2026, 11, 7, 15, tzinfo=UTC))
    for late in (datetime(2026, 11, 7, 17, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
        with pytest.raises(blind.Refused):
            check_token(token, now=late)


def test_tokens_of_a_key_whose_month_has_not_come_are_refused(house):
    token = get_tokens(house.agent, 1, now=datetime(2026, 12, 2, tzinfo=UTC))[0]
    with pytest.raises(blind.Refused):
        check_token(token, now=datetime(2026, 11, 20, tzinfo=UTC))


def test_a_month_that_is_over_signs_nothing_for_anybody(house):
    october, november = datetime(2026, 10, 30, 4, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    old = keys.current_key(now=october)
    get_tokens(house.agent, 1, now=october)
    assert keys.tend(now=november) == 1
    old.refresh_from_db()
    assert (bytes(old.private), len(bytes(old.public))) == (b"", 342)
    with pytest.raises(Conflict):
        issuing.issue_tokens(actor=house.agent, period=old.period, blinded=[b"\x01" * 256], now=november)
    assert keys.tend(now=november) == 0
    assert (SigningKey.objects.count(), Issue.objects.count()) == (2, 1)
    keys.tend(now=november + timedelta(days=7))
    assert (SigningKey.objects.count(), Issue.objects.count()) == (2, 0)


def test_the_database_alone_does_not_sign(house, now, settings):
    key = keys.current_key(now=now)
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(sealing.Unreadable):
        keys.private_part(key)
    settings.SECRET_KEY_FALLBACKS = [secret]
    assert blind.public_of(keys.private_part(key)) == bytes(key.public)


def test_two_browsers_at_once_get_no_more_than_the_month_allows(committed_house, now):
    keys.current_key(now=now)

    def ask(_number: int) -> int:
        try:
            return len(get_tokens(committed_house.agent, 2, now=now))
        except Conflict:
            return 0
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(ask, range(6)))
    assert sorted(got) == [0, 0, 0, 0, 2, 2]
    assert Issue.objects.get().signed == 4


def test_one_token_sent_twice_at_once_pays_once(committed_house, now):
    it = Department.objects.create(name="IT", scope="Headsets")
    committed_house.person("7001", Role.DEPARTMENT_OWNER, scope=it)
    token = get_tokens(committed_house.agent, 1, now=now)[0]

    def send(_number: int) -> int:
        try:
            return post(token, code=new_code(), department=it).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [202, 409, 409, 409]
    assert Waiting.objects.count() == 1


def test_the_keys_are_published_to_everybody_alike(client, house, now):
    keys.current_key(now=now)
    first, second = (client.get("/unnamed/keys/") for _time in range(2))
    assert first.content == second.content
    assert first.json()["keys"][0]["period"] == SigningKey.objects.get().period
    assert "private" not in first.text


def test_the_signed_in_browser_is_told_how_many_to_fetch_and_gets_them_signed(sign_in, house, now):
    client = sign_in(house.agent)
    told = client.get("/feedback/rights/tokens/").json()
    assert told["left"] == FeedbackPolicy.objects.get(pk=1).tokens_a_period
    answer = client.post(
        "/feedback/rights/tokens/",
        {"period": told["period"], "blinded": ["eA=="]},
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert client.post("/feedback/rights/tokens/", "junk", content_type="application/json").status_code == 400


def test_nobody_gets_tokens_without_signing_in(client, db):
    assert client.get("/feedback/rights/tokens/").status_code == 302
