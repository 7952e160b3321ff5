"""What is doubtful about a scheme, in words. It may be adopted all the same."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEWEST, MOST = 3, 7
"""Indicators of a scheme: of fewer one alone decides too much, of more nobody knows what counts (domain §6)."""
WHOLE = 100


def advice(weights: Sequence[float], primary: int, untold: Sequence[str] = ()) -> Iterator[str]:
    """Yield what to think about again: `weights` of all indicators, in percent; how many of them are primary.

    `untold` are the names of those that need lost calls, which belong to no person and no team.
    """
    number = len(weights)
    if not number:
        yield _("No indicator yet: nobody gets a score by it.")
        return
    if number < FEWEST:
        text = ngettext("%(number)d indicator only", "%(number)d indicators only", number)
        yield _("%(few)s: each decides much. Three to seven are usual.") % {"few": text % {"number": number}}
    if number > MOST:
        yield _("%(number)d indicators: nobody keeps so many in mind. Three to seven are usual.") % {
            "number": number
        }
    if not primary:
        yield _("None of them is a primary one.")
    for name in untold:
        yield _("“%(name)s” needs lost calls, which belong to nobody: it brings no points.") % {"name": name}
    if sum(weights) != WHOLE:
        yield _("The weights add up to %(sum)g, not to 100: each counts by its part of the sum.") % {
            "sum": sum(weights)
        }
