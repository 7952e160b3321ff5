"""The closed list of what a token may be allowed to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One kind of data, read or written. A token never does more than the person for whom it acts."""

    COMPLAINTS_READ = "complaints:read", _("Read complaints")
    COMPLAINTS_WRITE = "complaints:write", _("Record complaints and take them through their course")
    CALLS_READ = "calls:read", _("Read calls")
    CALLS_WRITE = "calls:write", _("Bring in calls")
    FEEDBACK_READ = "feedback:read", _("Read feedback")
    FEEDBACK_WRITE = "feedback:write", _("Write and answer feedback")
    FLOOR_READ = "floor:read", _("Read the bulletin")
    FLOOR_WRITE = "floor:write", _("Confirm readings on the bulletin")
    KPI_READ = "kpi:read", _("Read key figures")
    KPI_WRITE = "kpi:write", _("Set targets, assess, answer early warnings")
    MAIL_BOUNCES = "mail:bounces", _("Report mails that came back")
    PEOPLE_READ = "people:read", _("Read people")
    PEOPLE_WRITE = "people:write", _("Change teams, skills, terms and extra roles of people")
    PLACES_READ = "places:read", _("Read sites and teams")
    ROSTERS_READ = "rosters:read", _("Read rosters, leave and attendance")
    ROSTERS_WRITE = (
        "rosters:write",
        _("Change rosters, ask for leave and changes, decide them, clock in and out"),
    )
    STATES_WRITE = "states:write", _("Bring in what a telephone system says that agents do")
    WORKTIME_READ = "worktime:read", _("Ask the working calendar for deadlines")
