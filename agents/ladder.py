"""Who answers when something escalates: pure decisions over a snapshot of the organisation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation at one instant: direct superiors, stand-ins of those away, the executives.

    `stand_ins` has a key for everybody absent; its value is None where nobody stands in.
    """

    superiors: Mapping[int, int]
    stand_ins: Mapping[int, int | None] = field(default_factory=dict)
    executives: Sequence[int] = ()

    def ladder(self, person: int) -> list[int]:
        """Return the superiors of `person`, nearest first; a circle ends where it would begin again."""
        steps: list[int] = []
        while (person := self.superiors.get(person, 0)) and person not in steps:
            steps.append(person)
        return steps

    def top(self, person: int) -> int:
        """Return the last level of escalation for what `person` handles; at least 1."""
        return max(1, len(self.ladder(person)))

    def answerable(self, person: int, level: int, conflicted: Collection[int] = ()) -> list[int]:
        """Return who answers for what `person` handles at escalation `level` (1 = direct superior).

        Somebody absent or in conflict is replaced by a present stand-in without conflict, else by the next
        level up; past the top by every executive present, and if none is, by every executive (domain §4). Where
        nobody is an executive the person themself answers on: the list is never empty.
        """
        for step in self.ladder(person)[level - 1 :]:
            if step not in self.stand_ins and step not in conflicted:
                return [step]
            substitute = self.stand_ins.get(step)
            if substitute and substitute not in self.stand_ins and substitute not in conflicted:
                return [substitute]
        able = [executive for executive in self.executives if executive not in conflicted]
        return (
            [executive for executive in able if executive not in self.stand_ins]
            or able
            or list(self.executives)
            or [person]
        )

    def acting(self, person: int, conflicted: Collection[int] = ()) -> int:
        """Return who acts for `person`: themself, or while they are away a stand-in who is neither away nor in conflict."""
        substitute = self.stand_ins.get(person)
        able = substitute and substitute not in self.stand_ins and substitute not in conflicted
        return substitute if substitute and able else person

    def below(self, person: int, level: int) -> list[int]:
        """Return the person and those of their superiors below `level`: the copy list."""
        return [person, *self.ladder(person)[: level - 1]]
