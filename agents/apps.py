"""People and places."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """People, sites, regions, departments, teams, and everything dated about them."""

    name = "agents"
