"""Keys with which programs read and write over REST."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """The app `callcenter.tokens`."""

    name = "callcenter.tokens"
    label = "tokens"
