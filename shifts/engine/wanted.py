"""What people want and what is fair, as terms of a CP-SAT model."""

from collections.abc import Iterable, Mapping, Sequence

from shifts.engine.model import Linear, Model, Work, total
from shifts.engine.problem import Person, Problem
from shifts.engine.score import LEVELS, SHARED, inside


def wishes(person: Person, work: Work, days: range) -> Linear:
    """Return what the broken wishes of a person for these days cost."""
    taken = {fixed.day for fixed in person.fixed}
    cost: Linear = 0
    for wish in (wish for wish in person.wishes if wish.day in days and wish.day not in taken):
        on_day = {pattern: works for (day, pattern), works in work.items() if day == wish.day}
        cost += wish.weight * total(works for pattern, works in on_day.items() if pattern in wish.unwanted)
        if wish.wanted:
            met = total(works for pattern, works in on_day.items() if pattern in wish.wanted)
            cost += wish.weight * (1 - met)
    return cost


def unfairness(
    model: Model,
    problem: Problem,
    people: Iterable[tuple[Person, Work]],
    fair: Sequence[tuple[int, Mapping[int, int]]],
) -> Linear:
    """Return what nights and weekends above the shares in `fair` cost; each further one costs more.

    Beside the shares, `fair` says how many each person has now, where that is known.
    """
    terms = []
    for person, work in people:
        for mark, (share, has) in zip(SHARED, fair, strict=True):
            shared = [works for key, works in work.items() if mark(problem.duty[key])]
            if not shared:
                continue
            count = total(shared) + sum(map(mark, inside(person.fixed)))
            for level in range(LEVELS):
                excess = model.new_int_var(0, problem.days, "")
                model.add(excess >= count - share - level)
                if person.key in has:
                    model.add_hint(excess, max(0, has[person.key] - share - level))
                terms.append(excess)
    return total(terms)
