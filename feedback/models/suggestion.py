"""What becomes of a suggestion (合理化建议): assessed, carried out, verified, rewarded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from callcenter.choices import in_words
from feedback.enums import SuggestionState
from feedback.models.item import Item
from feedback.querysets import SuggestionQuerySet

PERSON = settings.AUTH_USER_MODEL


class Suggestion(models.Model):
    """The course of a suggestion beside that of its item.

    `reminded_at` is when the owners were told that its date had passed; a new date empties it. `shown`: the author agrees
    that the reward is on the board.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="suggestion")
    state = models.CharField(max_length=12, choices=SuggestionState, default=SuggestionState.OPEN)
    reason = models.TextField(blank=True)
    assessed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    carry_out_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    carried_out_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    carried_out_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    verified_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    reward = models.CharField(max_length=200, blank=True)
    rewarded_at = models.DateTimeField(null=True)
    shown = models.BooleanField(default=False)

    get_state_display = in_words("state", SuggestionState)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["carry_out_by"],
                name="suggestion_to_carry_out",
                condition=Q(state=SuggestionState.ADOPTED, reminded_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="suggestion_adopted_has_a_date",
                condition=Q(state__in=[SuggestionState.OPEN, SuggestionState.DECLINED])
                | Q(carry_out_by__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_verified_by_another",
                condition=Q(verified_by=None) | ~Q(verified_by=F("carried_out_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


class Claim(models.Model):
    """The author of an anonymous suggestion gave up anonymity for its reward, with the receipt, after a clear warning.

    `receipt` must be the item's own: the database refuses any other (migration 0004), so nobody else can make an item named.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="claim")
    receipt = models.BinaryField()
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    day = models.DateField()

    def __str__(self) -> str:
        return str(self.item)
