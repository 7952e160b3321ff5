"""The list of service rules. Nothing is changed or removed: records name the rule as it was."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.models import ServiceRule
from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict


def publish_rule(
    *, actor: Actor, code: str, title: str, text: str, since: date, now: datetime, until: date | None = None
) -> ServiceRule:
    """Publish a rule that holds from `since` on, up to before `until`; one of its code that holds then is a Conflict."""
    require(actor, "agents.manage_service_rules")
    if until is not None and until <= since:
        raise Conflict(
            _("The rule ends before it begins."), field="until", mend=_("Choose a later end, or none.")
        )
    with unless_taken(
        "code", _("A rule of this code holds in this time."), _("End it first, or choose another code.")
    ):
        rule = ServiceRule.objects.create(code=code, title=title, text=text, period=DateRange(since, until))
        log.record(actor, "service_rule.published", rule, now=now, since=since.isoformat())
    return rule


@transaction.atomic
def end_rule(*, actor: Actor, rule: ServiceRule, from_day: date, now: datetime) -> ServiceRule:
    """End a rule: `from_day` is the first day on which it no longer holds. Its end is set once, or moved forward."""
    require(actor, "agents.manage_service_rules")
    locked = ServiceRule.objects.select_for_update().get(pk=rule.pk)
    first, last = locked.period.lower, locked.period.upper
    if from_day <= first or (last is not None and from_day > last):
        raise Conflict(
            _("It does not hold on the day before."),
            field="from_day",
            mend=_("Choose a day after its first one, and not after its end."),
        )
    locked.period = DateRange(first, from_day)
    locked.save(update_fields=["period"])
    log.record(actor, "service_rule.ended", locked, now=now, from_day=from_day.isoformat())
    return locked
