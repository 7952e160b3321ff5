"""The bulletin of the floor."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    """What is announced to whom, who must read it, and who has."""

    name = "floor"
