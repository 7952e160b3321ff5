"""Tokens of programs. The secret itself is nowhere: only its digest is kept."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from callcenter.rest.scopes import Scope

PERSON = settings.AUTH_USER_MODEL
LONGEST = timedelta(days=365)


class TokenQuerySet(models.QuerySet[Any]):
    """Tokens."""

    def valid(self, now: datetime) -> Self:
        """Return the tokens that open the door at `now`: neither expired nor revoked, the account not closed."""
        return self.filter(expires_at__gt=now, revoked_at=None, person__is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Return the tokens whose use the person may look at: all of them, or those that act for the person."""
        return self if user.has_perm("tokens.manage") else self.filter(person=user)

    def for_list(self) -> Self:
        """Return the rows of the list, the newest first."""
        return self.select_related("person", "made_by").order_by("-created_at", "-id")


class Token(models.Model):
    """A key with which a client reads and writes over REST: with the rights of one person, within its scopes.

    `hint` is the beginning of the secret, by which its holder recognises it. `warned_at` is when whoever made it was
    told that it soon expires.
    """

    client = models.CharField(_("client"), max_length=80)
    purpose = models.CharField(_("purpose"), max_length=200)
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("acts for"))
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope), verbose_name=_("scopes"))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name=_("made by"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    warned_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="token_newest"),
            models.Index(
                fields=["expires_at"],
                name="token_to_warn_of",
                condition=Q(revoked_at=None, warned_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="token_holds_at_most_a_year",
                condition=Q(expires_at__gt=F("created_at"), expires_at__lte=F("created_at") + LONGEST),
            ),
            models.CheckConstraint(name="token_has_a_scope", condition=Q(scopes__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.client} ({self.hint}…)"

    def state(self, now: datetime) -> str:
        """Return “revoked”, “expired”, “closed” (the account) or “valid”."""
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "valid" if self.person.is_active else "closed"

    @property
    def scope_names(self) -> list[str]:
        """The scopes in words."""
        return [str(Scope(scope).label) for scope in self.scopes]


class TokenUse(models.Model):
    """How often a token asked for an address on a day of the centre. `route` is the address with its variable parts named."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="uses", db_index=False)
    day = models.DateField(_("day"))
    route = models.CharField(_("address"), max_length=200)
    requests = models.PositiveBigIntegerField(_("requests"))
    refused = models.PositiveBigIntegerField(_("refused"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "day", "route"], name="token_use_once")]
        indexes = [models.Index(fields=["day"], name="token_use_by_day")]

    def __str__(self) -> str:
        return f"{self.token} {self.day}"
