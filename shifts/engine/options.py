"""Which duties somebody may be given at all, given their leave and what stays of their shifts."""

from shifts.engine.problem import Duty, Fixed, Person, Problem

Choices = dict[int, tuple[Duty, ...]]
"""What somebody may be given, by day."""


def options(problem: Problem, person: Person) -> Choices:
    """Return the duties that the person may be given, by day; days without any are not in it."""
    taken = {fixed.day for fixed in person.fixed}
    found = {
        day: tuple(duty for duty in problem.duties_of[day] if _fits(person, duty))
        for day in range(problem.days)
        if day not in taken
    }
    return {day: duties for day, duties in found.items() if duties}


def _fits(person: Person, duty: Duty) -> bool:
    if any(start < duty.end and duty.start < end for start, end in person.away):
        return False
    return all(_rested(person.limits.rest_minutes, duty, fixed) for fixed in person.fixed)


def _rested(rest: int, one: Duty, other: Fixed) -> bool:
    return one.end + rest <= other.start or other.end + rest <= one.start


def may_follow(problem: Problem, rest: int, first: Duty, second: Duty) -> bool:
    """Say whether a person may work `second` on a later day than `first`."""
    if second.day == first.day + 1 and (first.pattern, second.pattern) in problem.barred:
        return False
    return first.end + rest <= second.start
