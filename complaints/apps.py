"""Complaints, each on its clocks."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """From acceptance to resolution, with warnings and escalation."""

    name = "complaints"
