"""Composition root and kernel: settings, routing, and what every app stands on."""

from callcenter.celery import app as celery_app

__all__ = ["celery_app"]
