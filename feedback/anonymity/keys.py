"""The signing keys: one a month, made at first need, published, and without its private part once the month is over."""

import calendar
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction

from feedback.anonymity import blind, sealing
from feedback.models import Issue, SigningKey, SpentToken
from feedback.selectors import day_of_centre

GRACE = timedelta(days=7)
"""How long tokens are taken after their month (domain §5)."""
LABEL = "signing key"
ACCEPTED = "unnamed:accepted"
FRESH = 10
"""For how many seconds a process believes what it knows of the keys: junk costs no query."""


def month_of(day: date) -> tuple[date, date]:
    """Return the first day of the month and that of the next."""
    first = day.replace(day=1)
    return first, first + timedelta(days=calendar.monthrange(day.year, day.month)[1])


def current_key(*, now: datetime) -> SigningKey:
    """Return the key of the month, made now if nobody has needed it yet; of two made at once one stays."""
    day = day_of_centre(now)
    opens, closes = month_of(day)
    found = SigningKey.objects.filter(opens_on=opens).first()
    if found:
        return found
    private = blind.make_key()
    made = SigningKey(
        period=f"{opens:%Y-%m}",
        public=blind.public_of(private),
        private=sealing.seal(LABEL, private),
        opens_on=opens,
        closes_on=closes,
        taken_until=closes + GRACE,
    )
    SigningKey.objects.bulk_create([made], ignore_conflicts=True)
    return SigningKey.objects.get(opens_on=opens)


def private_part(key: SigningKey) -> bytes:
    """Return what signs."""
    return sealing.unseal(LABEL, bytes(key.private))


def accepted(*, now: datetime) -> dict[bytes, tuple[int, bytes]]:
    """Return the keys whose tokens are taken today: name -> primary key and public part."""
    day = day_of_centre(now)

    def read() -> dict[bytes, tuple[int, bytes]]:
        keys = SigningKey.objects.filter(opens_on__lte=day, taken_until__gt=day)
        return {blind.key_id(bytes(key.public)): (key.pk, bytes(key.public)) for key in keys}

    known: dict[bytes, tuple[int, bytes]] = cache.get_or_set(f"{ACCEPTED}:{day}", read, FRESH) or {}
    return known


@transaction.atomic
def tend(*, now: datetime) -> int:
    """Make the month's key, and empty the private parts of months that are over; return how many.

    From then on not even we can sign for a month that is over. Once its tokens are no longer taken, what was issued and
    spent of them is forgotten.
    """
    current_key(now=now)
    day = day_of_centre(now)
    for counted in (Issue, SpentToken):
        counted.objects.filter(key__taken_until__lte=day).delete()
    old = SigningKey.objects.filter(closes_on__lte=day).exclude(private=b"")
    return old.update(private=b"")
