"""Who answers an item, and by when."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from agents.models import Department, RoleGrant, Site, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.access import Role
from callcenter.errors import DomainError
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.models import Calendar, Policy
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from feedback.enums import Addressee
from feedback.models import Deadline, Item

ANSWER_POLICY = "feedback_answer"
"""The code of the house's policy that says by when an answer is due: three working days at first (domain §5)."""
ANSWERING = (Role.DEPARTMENT_OWNER, Role.SUPERVISOR, Role.EXECUTIVE)


def answer_policy(department: Department | None) -> Policy:
    """Return the policy of the answer deadline: the department's own if it has one; a DomainError without any."""
    own = Deadline.objects.filter(department=department).select_related("policy__calendar").first()
    if own:
        return own.policy
    found = Policy.objects.filter(code=ANSWER_POLICY).select_related("calendar").first()
    if found is None:
        raise DomainError(_("No answer deadline is set."), mend=_("Ask an administrator to set one."))
    return found


def calendar_of(policy: Policy, site: Site | None) -> Calendar:
    """Return the calendar that a deadline counts on: the policy's, else the site's, else the country's."""
    named = policy.calendar or (site.calendar if site else None)
    return named or Calendar.objects.get(code=DEFAULT_CALENDAR)


def working_hours(item: Item) -> WorkHours:
    """Return the working time that the item's deadlines count on."""
    return calendars.load(item.calendar_id)


def day_of_centre(now: datetime) -> date:
    """Return the date at the centre: all that is kept of when something anonymous happened."""
    return now.astimezone(DAY_OF_CENTRE).date()


class Desk:
    """Who answers for what on the centre's date of an instant, with one query however many items are asked about.

    Nobody is ever named for what they wrote themselves.
    """

    def __init__(self, now: datetime) -> None:
        grants = RoleGrant.objects.on(day_of_centre(now)).filter(role__in=ANSWERING, person__is_active=True)
        self._grants = list(grants.select_related("person__site__calendar").order_by("person_id"))

    def answerers(self, item: Item) -> list[User]:
        """Return those who answer the item now: owners, supervisors, or the executives to whom it came."""
        return self.executives(item) if item.escalated_at else self.asked(item)

    def asked(self, item: Item) -> list[User]:
        """Return those to whom the item was sent, also where the executives answer it by now."""
        if item.addressee == Addressee.DEPARTMENT:
            return self._holding(item, Role.DEPARTMENT_OWNER, department_id=item.department_id)
        if item.addressee == Addressee.SUPERVISOR:
            return self._holding(item, Role.SUPERVISOR, site_id=item.site_id)
        return self.executives(item)

    def only_asked(self, item: Item) -> list[User]:
        """Return those to whom the item was sent and who are not executives themselves."""
        executives = self.executives(item)
        return [person for person in self.asked(item) if person not in executives]

    def executives(self, item: Item) -> list[User]:
        """Return the executives who can answer the item."""
        return self._holding(item, Role.EXECUTIVE)

    def _holding(self, item: Item, role: Role, **scope: int | None) -> list[User]:
        fits = (
            grant.person
            for grant in self._grants
            if grant.role == role and all(getattr(grant, name) == key for name, key in scope.items())
        )
        return [person for person in dict.fromkeys(fits) if person.pk != item.author_id]
