"""By which words a public item is found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from feedback.models.item import Item


class Wording(models.Model):
    """The words of a public item; the database itself keeps them, and drops them with the publication (migration 0007).

    Of what is private there are none: nothing that somebody wrote is searched before the answering side has edited it.
    """

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="wording")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="feedback_words")]

    def __str__(self) -> str:
        return f"{self.item}: words"
