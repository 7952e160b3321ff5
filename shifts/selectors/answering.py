"""Who answers for people at an instant."""

from collections.abc import Collection
from datetime import datetime

from agents.models import User
from agents.selectors import organisation


def deciders_of(people: Collection[int], *, now: datetime) -> dict[int, list[User]]:
    """Return for each of `people` who is told of them and decides: the direct superior, the stand-in, else the next one up.

    Three queries, however many people.
    """
    house = organisation(people, now=now)
    rungs = {person: house.rung_above(person, 0, [person]) for person in people}
    keys = {
        person: [pk for pk in rung.people if pk != person] if rung else [] for person, rung in rungs.items()
    }
    wanted = {pk for some in keys.values() for pk in some}
    found = User.objects.filter(pk__in=wanted, is_active=True).select_related("site__calendar").in_bulk()
    return {person: [found[pk] for pk in some if pk in found] for person, some in keys.items()}
