"""Long work: what runs, how far it is, and what came of it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app `callcenter.jobs`."""

    name = "callcenter.jobs"
    label = "jobs"
