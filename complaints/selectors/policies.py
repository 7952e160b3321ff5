"""Which policy each clock follows, for the page of administrators."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from calls.enums import CustomerKind
from complaints.enums import ClockKind, Tier
from complaints.models import ClockPolicy


@dataclass(frozen=True, slots=True)
class Followed:
    """What a clock follows on a tier, for every customer (`is_own`) or a kind of customer; no `policy`: no such clock."""

    kind: ClockKind
    tier: Tier
    customers: str
    policy: ClockPolicy | None
    is_own: bool

    @property
    def is_removable(self) -> bool:
        """Whether it may go: every tier keeps a deadline of its own."""
        return self.policy is not None and not (self.is_own and self.kind == ClockKind.RESOLUTION)


def customers_in_words(customer_kind: str) -> str:
    """Name a kind of customer; empty: every customer."""
    return str(dict(CustomerKind.choices).get(customer_kind, customer_kind)) or _("Every customer")


def followed(kinds: Iterable[ClockKind]) -> dict[ClockKind, list[Followed]]:
    """Return for each of these clocks its tiers, each with its own policy first; one query."""
    rows = ClockPolicy.objects.select_related("policy__calendar").order_by("customer_kind")
    found: dict[tuple[str, int], list[ClockPolicy]] = {}
    for row in rows:
        found.setdefault((row.kind, row.tier), []).append(row)
    return {kind: [one for tier in Tier for one in _of(kind, tier, found)] for kind in kinds}


def _of(kind: ClockKind, tier: Tier, found: dict[tuple[str, int], list[ClockPolicy]]) -> Iterable[Followed]:
    rows = found.get((kind, tier), [])
    if not rows or rows[0].customer_kind:
        yield Followed(kind, tier, customers_in_words(""), None, is_own=True)
    for row in rows:
        yield Followed(kind, tier, customers_in_words(row.customer_kind), row, is_own=not row.customer_kind)
