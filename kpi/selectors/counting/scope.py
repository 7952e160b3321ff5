"""Whose calls somebody sees, and what a question is limited to, as conditions of a statement."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from calls.querysets import WHOLE_CENTRE
from kpi.models.rollups import AgentDay

if TYPE_CHECKING:
    from kpi.selectors.series import Question

OF_LINE: Final = {"queue": "queue_key", "source": "source", "project": "project", "channel": "channel"}
"""What a line says of its calls: the column of each group and filter."""
LARGEST: Final = 2**31 - 1
ANSWERS_ELSEWHERE: Final = "_answers_elsewhere"
"""Where it is kept with the person, as long as the request lasts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The calls that somebody sees, as `CallQuerySet.visible_to` says: all, or the own, the sites' and the teams'."""

    everything: bool
    agent: int
    sites: tuple[int, ...]
    teams: tuple[int, ...]
    own: bool
    """Whether there may be own calls that are of none of the sites and teams."""

    @classmethod
    def of(cls, user: Any) -> Self:
        """Return the scope of a person."""
        if user.holds(*WHOLE_CENTRE):
            return cls(everything=True, agent=0, sites=(), teams=(), own=False)
        sites, teams = tuple(user.site_ids), tuple(user.led_team_ids)
        own = not (sites or teams) or _answers_elsewhere(user, sites, teams)
        return cls(everything=False, agent=user.pk, sites=sites, teams=teams, own=own)


def _answers_elsewhere(user: Any, sites: tuple[int, ...], teams: tuple[int, ...]) -> bool:
    """Say whether somebody who runs sites or teams has own calls in others; a page asks for many figures of one person."""
    known: bool | None = getattr(user, ANSWERS_ELSEWHERE, None)
    if known is None:
        own = AgentDay.objects.filter(agent=user.pk)
        known = own.exclude(site__in=sites).exclude(team__in=teams).exists()
        setattr(user, ANSWERS_ELSEWHERE, known)
    return known


@dataclass(frozen=True, slots=True)
class Names:
    """What a table of calls or roll-ups calls site, team and agent, and how it says that there is none."""

    site: str
    team: str
    agent: str
    line: str
    nobody: str


ROLLED: Final = Names("c.site", "c.team", "c.agent", "l", "= 0")
RAW: Final = Names("c.site_id", "c.team_id", "c.agent_id", "c", "IS NULL")


def conditions(names: Names, scope: Scope, question: "Question") -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of scope and filters, and their parameters."""
    found: list[str] = []
    given: dict[str, Any] = {}
    if not scope.everything:
        parts = {
            f"{names.site} = ANY(%(sites)s::bigint[])": scope.sites,
            f"{names.team} = ANY(%(teams)s::bigint[])": scope.teams,
            f"{names.agent} = %(me)s": scope.own,
        }
        found.append(f"({' OR '.join(part for part, some in parts.items() if some)})")
        given |= {"sites": list(scope.sites), "teams": list(scope.teams), "me": scope.agent}
    for name, value in question.filters:
        given[f"only_{name}"] = _number(value) if name == "team" else value
        found.append(_limit(names, name, value))
    return found, given


def _limit(names: Names, name: str, value: str) -> str:
    if name == "site":
        return f"{names.site} = (SELECT id FROM agents_site WHERE code = %(only_site)s)"  # noqa: S608 (our own names)
    if name == "team":
        return f"{names.team} {names.nobody}" if value == "" else f"{names.team} = %(only_team)s"
    if name == "agent":
        return (
            f"({names.agent} = (SELECT id FROM agents_user WHERE work_number = %(only_agent)s) "  # noqa: S608
            f"OR ({names.agent} {names.nobody} AND c.agent_name = %(only_agent)s))"
        )
    if name == "topic":
        return "c.topic = %(only_topic)s"
    return f"{names.line}.{OF_LINE[name]} = %(only_{name})s"


def _number(value: str) -> int:
    """Return the number of a team; that of none for what is no such number."""
    plain = value.isascii() and value.isdecimal() and not (len(value) > 1 and value[0] == "0")
    return int(value) if plain and int(value) <= LARGEST else -1
