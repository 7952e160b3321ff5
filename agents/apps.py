"""People and places."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """People, sites, regions, departments, teams, and everything dated about them."""

    name = "agents"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        import agents.receivers  # noqa: F401, PLC0415 (models are ready only now)
