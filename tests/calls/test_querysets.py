"""Who sees which calls."""

import pytest

from calls.models import Call, Source
from tests.factories.calls import CallFactory, SourceFactory


@pytest.fixture
def four_calls(centre):
    """Return the centre with the agent's call, a colleague's, one at the near site and one at the far site."""
    CallFactory(call_id="own", site=centre.here, agent=centre.agent, team=centre.team)
    CallFactory(call_id="here", site=centre.here, agent=centre.colleague)
    CallFactory(call_id="near", site=centre.near)
    CallFactory(call_id="far", site=centre.far)
    return centre


ALL = {"own", "here", "near", "far"}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("agent", {"own"}),
        ("colleague", {"here"}),
        ("lead", {"own"}),
        ("supervisor", {"own", "here"}),
        ("regional", {"own", "here", "near"}),
        ("manager", ALL),
        ("executive", ALL),
        ("quality", ALL),
        ("trainer", ALL),
        ("administrator", set()),
        ("personnel", set()),
    ],
)
def test_calls_seen_by_each_role(four_calls, role, seen):
    found = Call.objects.visible_to(getattr(four_calls, role))
    assert set(found.values_list("call_id", flat=True)) == seen


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("supervisor", {"here"}),
        ("regional", {"here", "near"}),
        ("manager", {"here", "near", "far"}),
        ("agent", {"here"}),
    ],
)
def test_sources_seen_by_each_role(centre, role, seen):
    for site in (centre.here, centre.near, centre.far):
        SourceFactory(site=site, name=site.code)
    assert set(Source.objects.visible_to(getattr(centre, role)).values_list("name", flat=True)) == seen
