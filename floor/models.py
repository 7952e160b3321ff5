"""The bulletin: a post, for whom it is, by when it must be read, and who has read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from callcenter.access import Role
from callcenter.addresses import address_of
from callcenter.choices import in_words
from floor.enums import Audience
from floor.querysets import PostQuerySet

PERSON = settings.AUTH_USER_MODEL


def _audience_fits() -> Q:
    named = {Audience.SITE: "site", Audience.TEAM: "team"}
    fits = Q()
    for audience, field in named.items():
        fits &= Q(audience=audience, **{f"{field}__isnull": False}) | (
            ~Q(audience=audience) & Q(**{f"{field}__isnull": True})
        )
    return fits & (Q(audience=Audience.ROLE) & ~Q(role="") | ~Q(audience=Audience.ROLE) & Q(role=""))


class Post(models.Model):
    """An announcement or a published outcome. What it says is never changed; it is withdrawn and written anew.

    `due_at` makes it one that must be read, `next_at` is when somebody is to be told next that it was not.
    `source` names in plain words what it comes from, such as a complaint's reference.
    """

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("written by"))
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience)
    site = models.ForeignKey(
        "agents.Site", models.PROTECT, null=True, related_name="+", verbose_name=_("site")
    )
    team = models.ForeignKey(
        "agents.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("team")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    source = models.CharField(_("comes from"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("published"))
    due_at = models.DateTimeField(_("must be read by"), null=True)
    next_at = models.DateTimeField(null=True)
    pinned_until = models.DateTimeField(_("pinned until"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)

    get_role_display = in_words("role", Role)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="post_newest"),
            models.Index(fields=["author", "-published_at"], name="post_by_author"),
            models.Index(
                fields=["due_at"],
                name="post_must_be_read",
                condition=Q(due_at__isnull=False, withdrawn_at=None),
            ),
            models.Index(fields=["next_at"], name="post_to_remind", condition=Q(next_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="post_audience_fits", condition=_audience_fits()),
            models.CheckConstraint(
                name="post_due_after_publication",
                condition=Q(due_at=None) | Q(due_at__gt=models.F("published_at")),
            ),
            models.CheckConstraint(
                name="post_reminds_while_it_holds",
                condition=Q(next_at=None) | Q(due_at__isnull=False, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="post_withdrawal_is_whole",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal="")),
            ),
        ]

    def __str__(self) -> str:
        return f"B-{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the post's page."""
        return address_of("floor:post", self.pk)

    @property
    def topic(self) -> str:
        """Name the post for the outbox, so that waiting messages about it can be called back."""
        return f"post:{self.pk}"

    @property
    def readers(self) -> str:
        """Say in words for whom it is."""
        if self.team:
            return f"{self.team.site} · {self.team}"
        return str(self.site or self.get_role_display() or Audience(self.audience).label)


class Reading(models.Model):
    """Somebody's word that they have read a post."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="readings")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="post_read_once")]

    def __str__(self) -> str:
        return f"{self.post} read by {self.person_id}"
