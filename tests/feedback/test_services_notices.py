"""Every notice names its item and leads to it. That none is missing is seen after each test (conftest)."""

from pathlib import Path

import pytest
from django.conf import settings

from callcenter.outbox import delivery
from callcenter.outbox.models import Message
from feedback.services import telling

NOTIFY = Path(settings.BASE_DIR) / "templates/feedback/notify"
EVENTS = sorted(
    {path.name.removesuffix(".subject.txt") for path in NOTIFY.glob("*.subject.txt")} - {"report"}
)
"""The report to the leaders is of a week, not of an item."""


@pytest.mark.parametrize("event", EVENTS)
def test_a_notice_names_the_item_and_leads_to_it_and_quotes_nothing(submit, house, now, event):
    item = submit(now)
    item.silent_until = item.due_at
    Message.objects.all().delete()
    telling.tell(item, event, [house.lead], now)
    for row in Message.objects.all():
        rendered = delivery.render(row)
        assert item.number in rendered.subject
        assert rendered.text.rstrip().endswith(item.get_absolute_url())
        assert not {item.subject, item.text, house.agent.name} & {
            *rendered.text.split("\n"),
            rendered.subject,
        }
    assert Message.objects.count() == 2
