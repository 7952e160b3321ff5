"""What every address below /api/ shares."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    """The app `callcenter.rest`: errors, scopes, limits, tags, answers that are kept, pages, documentation."""

    name = "callcenter.rest"
    label = "rest"
