"""The style guide."""

from django.apps import AppConfig


class StyleguideConfig(AppConfig):
    """The app `callcenter.styleguide`."""

    name = "callcenter.styleguide"
    label = "styleguide"
