"""Trials of a version of a scheme over past months, beside what held then. They change no score."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Site, User
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.jobs.services import start_job
from kpi import months
from kpi.models import Scheme, Trial, TrialRow
from kpi.scoring.card import Outcome
from kpi.scoring.trial import Pair, mean
from kpi.selectors import assessing
from kpi.services.counted import count_month

KIND = "trial"
MOST_MONTHS = 12


@transaction.atomic
def start_trial(
    *,
    actor: User,
    scheme: Scheme,
    first_month: date,
    last_month: date,
    site: Site | None = None,
    now: datetime,
) -> Trial:
    """Have a worker score past months by a version and by what held; without a site, all that the person answers for."""
    require(actor, "kpi.try_scheme")
    first, last = months.first_of(first_month), months.first_of(last_month)
    _check(actor, site, first, last, now)
    trial = Trial.objects.create(
        scheme=scheme, site=site, first_month=first, last_month=last, by=actor, at=now
    )
    title = _("Trial of %(scheme)s, %(first)s to %(last)s") % {
        "scheme": scheme,
        "first": f"{first:%Y-%m}",
        "last": f"{last:%Y-%m}",
    }
    trial.job = start_job(
        actor=actor,
        kind=KIND,
        title=title,
        arguments={"trial": trial.pk},
        link=trial.get_absolute_url(),
        now=now,
    )
    trial.save(update_fields=["job"])
    log.record(actor, "scheme.tried", scheme, now=now, months=[first.isoformat(), last.isoformat()])
    return trial


def _check(actor: User, site: Site | None, first: date, last: date, now: datetime) -> None:
    if last < first:
        raise DomainError(_("The last month lies before the first."), field="last_month", code="order")
    if months.after(first, MOST_MONTHS) <= last:
        raise DomainError(
            _("At most %(most)d months can be tried at once.") % {"most": MOST_MONTHS}, field="first_month"
        )
    if months.after(last) > actor.day_at(now):
        raise DomainError(
            _("This month is not over."),
            field="last_month",
            mend=_("Choose the last month, or an earlier one."),
        )
    everywhere = actor.has_perm("kpi.make_scheme")
    if not everywhere and (site is None or site.pk not in actor.site_ids):
        raise DomainError(
            _("You try schemes on your own sites."), field="site", mend=_("Choose one of your sites.")
        )


def finish_trial(
    *, actor: User, trial_id: int, advance: Callable[[int, int], object], now: datetime
) -> Trial:
    """Score the months and write the rows; doing it again gives the same."""
    trial = Trial.objects.select_related("site").get(pk=trial_id)
    require(actor, "kpi.try_scheme")
    draft = assessing.with_parts(Scheme.objects).get(pk=trial.scheme_id)
    sites = [trial.site] if trial.site else list(Site.objects.all())
    asked = list(months.between(trial.first_month, trial.last_month))
    found: dict[int, list[tuple[Outcome, Outcome | None]]] = defaultdict(list)
    teams: dict[int, int | None] = {}
    for number, month in enumerate(asked):
        advance(number, len(asked))
        count_month(month)
        held = assessing.scheme_on(draft.role, month)
        everybody = assessing.people(draft.role, sites, month)
        known = assessing.known([draft, held] if held else [draft], everybody, month)
        for one in everybody:
            teams[one.person.pk] = one.team
            now_card = assessing.card(held, one, known).outcome if held else None
            found[one.person.pk].append((assessing.card(draft, one, known).outcome, now_card))
    with transaction.atomic():
        trial = Trial.objects.select_for_update().get(pk=trial_id)
        trial.rows.all().delete()
        TrialRow.objects.bulk_create(
            _row(trial, person, teams[person], outcomes) for person, outcomes in found.items()
        )
        trial.finished_at = now
        trial.save(update_fields=["finished_at"])
    return trial


def _row(
    trial: Trial, person: int, team: int | None, outcomes: list[tuple[Outcome, Outcome | None]]
) -> TrialRow:
    drafts = [draft for draft, _held in outcomes]
    held = [one for _draft, one in outcomes if one]
    pair = Pair(_mean(held), _mean(drafts), _last_grade(held), _last_grade(drafts))
    return TrialRow(
        trial=trial,
        person_id=person,
        team_id=team,
        months=len(outcomes),
        now_score=pair.now,
        draft_score=pair.draft,
        change=pair.change,
        now_grade=pair.now_grade,
        draft_grade=pair.draft_grade,
    )


def _mean(outcomes: list[Outcome]) -> float | None:
    return mean(None if one.score is None else float(one.score) for one in outcomes)


def _last_grade(outcomes: list[Outcome]) -> str:
    return next((one.grade for one in reversed(outcomes) if one.grade), "")
