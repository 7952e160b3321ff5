"""The number at Roster: what waits for whoever looks, and for nobody else."""

from datetime import date

from callcenter.place import Place
from shifts.in_frame import waiting
from shifts.services import leave as services
from tests.shifts.leave.conftest import at

THURSDAY = date(2026, 12, 3)


def test_leave_waits_for_who_decides_then_for_who_files_and_never_for_who_asked(office, now):
    house = office.house

    def counts() -> list[int]:
        office.agent, office.lead, office.filer = (
            type(one).objects.get(pk=one.pk) for one in (office.agent, office.lead, office.filer)
        )
        people = (office.agent, office.lead, office.filer, house.colleague)
        return [waiting(person, Place(), now) for person in people]

    assert counts() == [0, 0, 0, 0]
    asked = office.ask(at(THURSDAY, 9), at(THURSDAY, 13))
    assert counts() == [0, 1, 0, 0]
    office.approve(asked)
    assert counts() == [0, 0, 1, 0]
    services.file_leave(actor=office.filer, leave_ids=[asked.pk], now=now)
    assert counts() == [0, 0, 0, 0]


def test_a_managers_own_leave_waits_for_another(office, now):
    office.ask(at(THURSDAY, 9), at(THURSDAY, 13), person=office.lead)
    assert waiting(office.lead, Place(), now) == 0
    assert waiting(office.house.supervisor, Place(), now) == 1
