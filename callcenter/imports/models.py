"""Files of rows that came in, the rows refused, and what headers meant before."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from callcenter.imports import kinds
from callcenter.imports.enums import STEPS, Mode, State


def _count(label: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, default=0)


class Import(models.Model):
    """One file of rows: what it is, how its columns are understood, how far it came and what became of each row.

    `place` is what its kind limits who sees it by (a site's id). `columns` names the field of each column, "" for one
    that is not used. `head` keeps the first rows for the preview. `row` is the last row that is settled: a run that was
    cut off goes on behind it. `file` is private and removed once everything is in.
    """

    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    place = models.PositiveBigIntegerField(null=True)
    file = models.FileField(upload_to="imports/%Y/%m", max_length=300, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    options = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    head = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    mode = models.CharField(max_length=4, choices=Mode, default=Mode.ALL)
    trial = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    why = models.TextField(blank=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    row = _count(_("last row"))
    rows = _count(_("rows"))
    new = _count(_("new"))
    changed = _count(_("changed"))
    unchanged = _count(_("known already"))
    rejected = _count(_("refused"))

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-at"], name="imports_newest_of_kind"),
            models.Index(fields=["kind", "sha256"], name="imports_by_content"),
            models.Index(fields=["kind", "place", "-at"], name="imports_newest_of_place"),
        ]
        constraints = [
            models.CheckConstraint(name="imports_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="imports_count_every_row",
                condition=Q(rows=F("new") + F("changed") + F("unchanged") + F("rejected")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page with its counts and rejects."""
        return reverse("imports:result", args=[self.pk])

    @property
    def of_kind(self) -> kinds.Kind:
        """Return the kind of file it is."""
        return kinds.get(self.kind)

    @property
    def stands(self) -> State:
        """Return its state; a run whose job has ended without it was stopped."""
        lost = self.state == State.RUNNING and self.job is not None and not self.job.is_open
        return State.STOPPED if lost else State(self.state)

    @property
    def may_run(self) -> bool:
        """Say whether its state allows a run."""
        return State.RUNNING in STEPS[self.stands]

    @property
    def taken(self) -> int:
        """Return how many rows were not refused."""
        taken: int = self.rows - self.rejected
        return taken


class Reject(models.Model):
    """A row that was not taken, and why. `row` counts as a spreadsheet does; `raw` keeps its cells as text, in order."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rejects")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    raw = models.JSONField(default=list)

    class Meta:
        ordering = ("row", "id")

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.reason}"

    @property
    def reason_shown(self) -> str:
        """The reason as a screen may show it: it quotes the cell."""
        return self.batch.of_kind.shown(self.reason)

    @property
    def cells_shown(self) -> list[tuple[str, str]]:
        """The cells that are not blank as a screen may show them, as column and text."""
        shown = self.batch.of_kind.shown
        pairs = zip(self.batch.header, self.raw, strict=False)
        return [(name, shown(text)) for name, text in pairs if text]


class Mapping(models.Model):
    """What the columns of such a header meant when somebody last chose: it is offered for the next file."""

    kind = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "signature"], name="imports_one_mapping_of_a_header")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"
