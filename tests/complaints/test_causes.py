"""The tree of causes: kept by the service department, and never robbed of what was named."""

import pytest
from django.urls import reverse

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from complaints import services
from complaints.filters import ComplaintFilter
from complaints.models import Cause, Complaint

PAGE = reverse("causes:list")


@pytest.fixture
def tree(house, now):
    """Three causes, one below the other."""
    made = None
    for code in ("billing", "refund", "late"):
        made = add(house, now, code, parent=made)
    return list(Cause.objects.order_by("pk"))


def add(house, now, code, **more):
    return services.add_cause(actor=house.service_manager, code=code, name=code.title(), now=now, **more)


def test_a_cause_is_added_renamed_and_retired_which_is_on_record(house, tree, now):
    by = {"actor": house.administrator, "now": now}
    services.rename_cause(**by, cause_id=tree[0].pk, name="Bills")
    services.retire_cause(**by, cause_id=tree[1].pk)
    assert list(Cause.objects.order_by("pk").values_list("name", "retired")) == [
        ("Bills", False),
        ("Refund", True),
        ("Late", True),
    ]
    with pytest.raises(Conflict):
        services.restore_cause(**by, cause_id=tree[2].pk)
    services.restore_cause(**by, cause_id=tree[1].pk)
    actions = (
        Entry.objects.filter(object_type="complaints.cause").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions)[3:] == ["cause.renamed", "cause.retired", "cause.restored"]


def test_a_code_is_given_once(house, tree, now):
    with pytest.raises(Conflict):
        add(house, now, "BILLING")


def test_the_tree_has_three_levels(house, tree, now):
    with pytest.raises(DomainError) as refused:
        add(house, now, "deeper", parent=Cause.objects.get(code="late"))
    assert refused.value.field == "parent"


def test_what_was_named_is_never_removed(house, tree, now):
    complaint = house.complaint(now=now)
    Complaint.objects.filter(pk=complaint.pk).update(cause=tree[2])
    for cause in tree:
        with pytest.raises(Conflict):
            services.remove_cause(actor=house.service_manager, cause_id=cause.pk, now=now)
    unused = add(house, now, "unused")
    services.remove_cause(actor=house.service_manager, cause_id=unused.pk, now=now)
    assert not Cause.objects.filter(code="unused").exists()


def test_others_may_not(house, tree, now):
    for person in (house.supervisor, house.regional, house.executive, house.agent):
        with pytest.raises(NotAllowed):
            services.retire_cause(actor=person, cause_id=tree[0].pk, now=now)


def test_a_cause_finds_what_is_below_it(house, tree, now):
    complaint = house.complaint(now=now)
    Complaint.objects.filter(pk=complaint.pk).update(cause=tree[2])
    for code in ("billing", "refund", "late"):
        assert list(ComplaintFilter({"cause": code}, Complaint.objects.all()).qs) == [complaint]


def test_the_tree_is_kept_on_its_page(house, sign_in, tree):
    client = sign_in(house.service_manager)
    new = reverse("causes:new")
    client.post(new, {"code": "visit", "name": "Visits", "parent": ""})
    assert client.post(new, {"code": "visit", "name": "Again"}).status_code == 409
    assert client.post(new, {"code": "", "name": "Again"}).status_code == 422
    visit = Cause.objects.get(code="visit")
    client.post(reverse("causes:rename", args=[visit.pk]), {"name": "Home visits"})
    client.post(reverse("causes:change", args=[visit.pk, "retire"]))
    visit.refresh_from_db()
    assert (visit.name, visit.retired) == ("Home visits", True)
    answer = client.post(reverse("causes:change", args=[tree[0].pk, "remove"]), follow=True)
    assert "is in use" in answer.content.decode()
    assert "Home visits" in answer.content.decode()
    assert client.post(reverse("causes:change", args=[visit.pk, "burn"])).status_code == 404
    assert sign_in(house.supervisor).get(PAGE).status_code == 403
