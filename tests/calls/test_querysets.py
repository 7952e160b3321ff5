"""Who sees which calls."""

import pytest

from calls.models import Call, Import
from tests.factories.calls import CallFactory, ImportFactory


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
        ("administrator", {"here"}),
        ("agent", {"here"}),
    ],
)
def test_imports_seen_by_each_role(centre, role, seen):
    for site in (centre.here, centre.near, centre.far):
        ImportFactory(site=site)
    found = Import.objects.visible_to(getattr(centre, role))
    assert set(found.values_list("site__code", flat=True)) == seen


def test_import_is_seen_by_who_made_it(centre):
    ImportFactory(site=centre.far, by=centre.administrator)
    assert Import.objects.visible_to(centre.administrator).count() == 1
