"""Files of rows that come in: mapping, trial, rejects."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app `callcenter.imports`."""

    name = "callcenter.imports"
    label = "imports"
