"""How people, rules, causes, corrective actions and other complaints are named over REST."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agents.models import ServiceRule, User
from complaints.forms.fields import day_at_site
from complaints.models import Cause, Complaint, Correction, Question

Field = serializers.RelatedField[Any, Any, Any]


class Words(serializers.CharField):
    """Several lines."""

    def __init__(self, *, longest: int = 10_000, **kwargs: Any) -> None:
        if not kwargs.get("required", True):
            kwargs.setdefault("allow_blank", True)
        super().__init__(max_length=longest, **kwargs)


class Word(serializers.ChoiceField):
    """A word of a closed list, given on as its member."""

    def __init__(self, words: Any, **kwargs: Any) -> None:
        self.words = words
        super().__init__(words.choices, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the member."""
        return self.words(super().to_internal_value(data))


class PersonField(serializers.SlugRelatedField[User]):
    """Somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True)
        super().__init__(slug_field="work_number", queryset=people, help_text=_("Work number."), **kwargs)


class CauseField(serializers.SlugRelatedField[Cause]):
    """A cause that may still be chosen."""

    def __init__(self, **kwargs: Any) -> None:
        causes = Cause.objects.filter(retired=False)
        super().__init__(slug_field="code", queryset=causes, help_text=_("Code of a cause."), **kwargs)


class RuleField(serializers.SlugRelatedField[ServiceRule]):
    """A rule of service that held where and when the complaint was received."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Code of a rule of service that held on the day of receipt.")
        super().__init__(
            slug_field="code", queryset=ServiceRule.objects.all(), allow_null=True, help_text=words, **kwargs
        )

    def get_queryset(self) -> Any:
        """Return the rules of that day."""
        complaint = self.context["complaint"]
        return ServiceRule.objects.on(day_at_site(complaint, complaint.received_at))


class OtherField(serializers.SlugRelatedField[Complaint]):
    """Another complaint that the caller sees."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Reference of another complaint that you see.")
        super().__init__(slug_field="reference", queryset=Complaint.objects.all(), help_text=words, **kwargs)

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return Complaint.objects.visible_to(self.context["actor"]).exclude(pk=self.context["complaint"].pk)


class _NumberField(serializers.PrimaryKeyRelatedField[Any]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(pk_field=serializers.IntegerField(), **kwargs)


class CorrectionField(_NumberField):
    """A corrective action of the complaint."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Number of a corrective action of this complaint.")
        super().__init__(queryset=Correction.objects.all(), help_text=words, **kwargs)

    def get_queryset(self) -> Any:
        """Return those of the complaint."""
        return self.context["complaint"].corrections.all()


class QuestionField(_NumberField):
    """A question of the complaint that was put to the caller."""

    def __init__(self, **kwargs: Any) -> None:
        words = _("Number of a question that was put to you.")
        super().__init__(queryset=Question.objects.all(), help_text=words, **kwargs)

    def get_queryset(self) -> Any:
        """Return those put to the caller."""
        return self.context["complaint"].questions.filter(person=self.context["actor"])
