"""Rows of calls."""

from datetime import UTC, datetime

import factory

from calls.enums import Outcome
from calls.models import Call, Customer, Queue, Source
from calls.signals import calls_changed
from calls.store import months


class CustomerFactory(factory.django.DjangoModelFactory):
    """A customer with a telephone."""

    class Meta:
        model = Customer

    name = factory.Sequence(lambda number: f"Customer {number}")
    phone = factory.Sequence(lambda number: f"138{number:08}")


class QueueFactory(factory.django.DjangoModelFactory):
    """A line; needs its site."""

    class Meta:
        model = Queue

    code = factory.Sequence(lambda number: f"q{number}")
    name = factory.Sequence(lambda number: f"Queue {number}")


class CallFactory(factory.django.DjangoModelFactory):
    """An answered call; needs its site. It has no key: what comes in through the services is another call."""

    class Meta:
        model = Call

    @classmethod
    def _create(cls, model_class, *args, **facts):
        months.ensure([facts["entered_at"]])
        call = super()._create(model_class, *args, **facts)
        at = call.entered_at
        slot = at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)
        calls_changed.send(sender=None, site=call.site_id, slots=[slot])
        return call

    source = "acd"
    call_id = factory.Sequence(lambda number: f"C{number}")
    entered_at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    outcome = Outcome.ANSWERED
    wait_seconds = 12
    talk_seconds = 180


class SourceFactory(factory.django.DjangoModelFactory):
    """A source that brought one call; needs its site."""

    class Meta:
        model = Source

    name = "acd"
    calls = 1
    first_at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    last_at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
