"""The shape of the bulletin over REST."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from floor.models import Post


class PostSerializer(serializers.ModelSerializer[Post]):
    """A row of the list."""

    number = serializers.IntegerField(source="pk")
    author = serializers.CharField(source="author.work_number", help_text=_("Work number."))
    site = serializers.CharField(
        source="site.code", default=None, allow_null=True, help_text=_("Code; null unless it is for a site.")
    )
    team = serializers.IntegerField(
        source="team_id", allow_null=True, help_text=_("Number; null unless it is for a team.")
    )
    role = serializers.CharField(help_text=_("Empty unless it is for a role."))
    due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("By when it must be read; null if it need not be.")
    )
    read_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When the caller confirmed to have read it; null if not yet.")
    )

    class Meta:
        model = Post
        fields: tuple[str, ...] = (
            "number",
            "title",
            "author",
            "audience",
            "site",
            "team",
            "role",
            "source",
            "published_at",
            "due_at",
            "read_at",
            "withdrawn_at",
        )


class PostDetailSerializer(PostSerializer):
    """A post in full, with how many of those whom it is for have read it."""

    read_by = serializers.IntegerField(source="standing.read", help_text=_("How many have read it."))
    people = serializers.IntegerField(source="standing.people", help_text=_("For how many it is."))

    class Meta(PostSerializer.Meta):
        fields = (*PostSerializer.Meta.fields, "text", "read_by", "people")
