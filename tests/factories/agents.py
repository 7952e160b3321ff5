"""People and places as plain rows, for tests that need many or odd ones; whole ladders come from tests.house."""

import factory

from agents.models import Department, Region, Site, Team, User
from callcenter.worktime.models import Calendar


class SiteFactory(factory.django.DjangoModelFactory):
    """A site on the Chinese calendar."""

    class Meta:
        model = Site

    code = factory.Sequence(lambda number: f"site-{number}")
    name = factory.Sequence(lambda number: f"Site {number}")
    calendar = factory.LazyFunction(lambda: Calendar.objects.get(code="CN"))


class RegionFactory(factory.django.DjangoModelFactory):
    """A region without sites."""

    class Meta:
        model = Region

    name = factory.Sequence(lambda number: f"Region {number}")


class DepartmentFactory(factory.django.DjangoModelFactory):
    """A department with a scope."""

    class Meta:
        model = Department

    name = factory.Sequence(lambda number: f"Department {number}")
    scope = "Chairs, lamps"


class TeamFactory(factory.django.DjangoModelFactory):
    """A team without a lead; needs its site."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda number: f"Team {number}")


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody without role, team or password; needs their site."""

    class Meta:
        model = User

    work_number = factory.Sequence(lambda number: f"U{number:05}")
    name = factory.Sequence(lambda number: f"Employee {number}")
    password = "!"
