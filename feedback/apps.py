"""What employees write to the departments, and what they are answered."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """A named item, its answering department, its deadline and its answer."""

    name = "feedback"
