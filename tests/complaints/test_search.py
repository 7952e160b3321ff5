"""Full text: Chinese and English words of everything that a complaint says, without a way to break the query."""

import pytest
from django.db import connection

from complaints import services
from complaints.filters import ComplaintFilter
from complaints.models import Complaint, Wording

SAID = "宽带被错误收费，要求退款。 Charged twice at Café No. 7"


@pytest.fixture
def complaint(house, now):
    facts = services.Facts(subject="错误收费 wrong charge", account=SAID, customer_name="刘女士")
    return services.record_complaint(
        actor=house.supervisor, site=house.site, tier=1, facts=facts, now=now, staff_concerned=None
    )


def found(words: str) -> list[Complaint]:
    return list(ComplaintFilter({"q": words}, Complaint.objects.order_by("due_at", "id")).qs)


@pytest.mark.parametrize(
    "words",
    [
        "错误收费",
        "收",
        "宽带 退款",
        "刘女士",
        "charg",
        "TWICE charged",
        "ｃａｆé",
        "收费charge",
        "宽带!!!退款",
    ],
)
def test_what_a_complaint_says_finds_it(complaint, words):
    assert found(words) == [complaint]


@pytest.mark.parametrize("words", ["费收", "宽带断线", "harge", "twice refused", "张女士"])
def test_what_it_does_not_say_does_not(complaint, words):
    assert found(words) == []


def test_it_is_found_by_its_number_and_by_the_beginning_of_it(complaint):
    number = complaint.reference
    assert [found(words) for words in (number, number.lower(), number[:-2], number.rpartition("-")[2])] == [
        [complaint]
    ] * 4
    assert found("C-1999-") == []


@pytest.mark.parametrize(
    "words",
    ["%", "'", "''", "\\", "a'b\\c:*|!&(", "\x00", "\x00收费", "<->", "_", "𠀀", "💥", "九" * 100, "'':*"],
)
def test_nothing_that_is_typed_breaks_the_query(complaint, words):
    assert found(words) in ([], [complaint])


def test_words_that_come_later_find_it_too(house, complaint, now):
    done = {"complaint_id": complaint.pk, "now": now}
    services.verify(actor=house.supervisor, findings="计费系统重复 duplicated", **done)
    assert found("重复 duplicated") == [complaint]
    Complaint.objects.filter(pk=complaint.pk).update(solution="退还话费")
    assert found("退还话费") == [complaint]


def test_what_moves_a_complaint_does_not_write_its_words(complaint):
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid FROM complaints_wording")
        before = cursor.fetchall()
        cursor.execute("UPDATE complaints_complaint SET level = 1")
        cursor.execute("SELECT ctid FROM complaints_wording")
        assert cursor.fetchall() == before


def test_a_very_long_text_is_kept_as_far_as_an_index_can(complaint):
    Complaint.objects.filter(pk=complaint.pk).update(
        account="".join(chr(0x4E00 + n % 20_000) for n in range(0, 300_000, 7)) + " x" * 50_000 + "y" * 9_000
    )
    assert Wording.objects.count() == 1
