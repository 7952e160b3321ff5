"""A complaint that an authority or a web form pushes."""

from calls.models import Customer
from complaints.models import Complaint
from tests.rest.conftest import error_of

COMPLAINTS = "/api/v1/complaints/"


def test_an_authority_pushes_a_complaint_with_its_customer_its_call_and_its_own_number(
    house, program, new_complaint
):
    pushed = {
        **new_complaint,
        "customer_name": "刘先生",
        "contact": "13800001140",
        "customer_kind": "personal",
        "call": "hotline/0042",
        "source": "12345",
        "external_number": "2026-0007",
    }
    client = program()
    first, again = (client.send(COMPLAINTS, pushed) for _one in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    complaint = Complaint.objects.get()
    assert (complaint.customer, complaint.call) == (Customer.objects.get(phone="13800001140"), "hotline/0042")

    other = client.send(COMPLAINTS, {**pushed, "account": "Something else."})
    assert error_of(other) == (409, "conflict", "external_number")
    assert complaint.reference in other.json()["errors"][0]["message"]
    wrong = client.send(COMPLAINTS, {**pushed, "customer_kind": "king", "external_number": "8"})
    assert error_of(wrong)[2] == "customer_kind"
    assert Complaint.objects.count() == 1


def test_without_a_kind_the_customer_is_not_put_on_file(program, new_complaint):
    assert program().send(COMPLAINTS, new_complaint).status_code == 201
    assert not Customer.objects.exists()
