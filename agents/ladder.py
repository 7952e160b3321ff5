"""Who answers when something escalates: pure decisions over a snapshot of the organisation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of escalation (1 = direct superior) and who answers on it: one person, or at the top the executives."""

    level: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation at one instant: direct superiors, stand-ins of those away, the executives.

    `stand_ins` has a key for everybody absent; its value is None where nobody stands in.
    """

    superiors: Mapping[int, int]
    stand_ins: Mapping[int, int | None] = field(default_factory=dict)
    executives: Sequence[int] = ()

    @property
    def people(self) -> set[int | None]:
        """Return everybody who appears in it; whoever does not changes no decision."""
        return {
            *self.superiors,
            *self.superiors.values(),
            *self.stand_ins,
            *self.stand_ins.values(),
            *self.executives,
        } - {None}

    def ladder(self, person: int) -> list[int]:
        """Return the superiors of `person`, nearest first; a circle ends where it would begin again."""
        steps: list[int] = []
        while (person := self.superiors.get(person, 0)) and person not in steps:
            steps.append(person)
        return steps

    def conflicted(self, accused: int | None) -> Collection[int]:
        """Return who may not act where `accused` is concerned: they themself, and whoever reports to them (domain §4)."""
        if accused is None:
            return ()
        return {accused, *(person for person in self.superiors if accused in self.ladder(person))}

    def rung_above(self, person: int, level: int, conflicted: Collection[int] = ()) -> Rung | None:
        """Return who answers next for what `person` handles and has reached `level` (0: nobody above them yet).

        Somebody absent or in conflict is replaced by a stand-in who is present, without conflict and not below
        them, else that level is passed over. Above the highest superior stand all executives who are present,
        else all without conflict, else all. None: nobody stands higher. Where nobody is an executive either, the
        person themself answers on level 1, so that something never goes to an empty chair (domain §4).
        """
        ladder = self.ladder(person)
        for at, step in enumerate(ladder[level:], level + 1):
            below = {person, *ladder[: at - 1]}
            able = self._able([step, self.stand_ins.get(step)], {*conflicted, *below})
            if able:
                return Rung(at, able[:1])
        return self._executives(person, ladder, level, conflicted)

    def _executives(
        self, person: int, ladder: list[int], level: int, conflicted: Collection[int]
    ) -> Rung | None:
        top = max(len(ladder), level) + 1
        if level > len(ladder) or (level and ladder[level - 1] in self.executives):
            return None
        others = [executive for executive in self.executives if executive != person]
        without = tuple(executive for executive in others if executive not in conflicted)
        people = self._able(others, conflicted) or without or tuple(others)
        if people:
            return Rung(top, people)
        return None if level else Rung(1, (person,))

    def joining(self, wanted: Sequence[int], person: int, excluded: Collection[int]) -> int | None:
        """Return who joins `person` in what they handle: the first of `wanted` who is present, else a stand-in of theirs.

        Else whoever answers above the first of them (above `person` where nobody is wanted). None: nobody does.
        """
        stand_ins = (self.stand_ins.get(one) for one in wanted)
        if able := self._able([*wanted, *stand_ins], {*excluded, person}):
            return able[0]
        rung = self.rung_above(wanted[0] if wanted else person, 0, {*excluded, person})
        return rung.people[0] if rung and rung.people[0] != person else None

    def _able(self, people: Iterable[int | None], excluded: Collection[int]) -> tuple[int, ...]:
        return tuple(one for one in people if one and one not in self.stand_ins and one not in excluded)

    def acting(self, person: int, conflicted: Collection[int] = ()) -> int:
        """Return who acts for `person`: themself, or while they are away a stand-in who is neither away nor in conflict."""
        if person not in self.stand_ins:
            return person
        return next(iter(self._able([self.stand_ins[person]], conflicted)), person)

    def below(self, person: int, level: int) -> list[int]:
        """Return the person and those of their superiors below `level`: the copy list."""
        return [person, *self.ladder(person)[: level - 1]]
