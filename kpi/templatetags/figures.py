"""Metrics and their values in the reader's words."""

from django import template

from callcenter.access import Role
from kpi import words
from kpi.metrics import REGISTRY

register = template.Library()


@register.filter
def metric_name(key: str) -> str:
    """Return what a metric is called; its key where it is known no more."""
    return str(REGISTRY[key].name) if key in REGISTRY else key


@register.filter
def figure(value: float | None, key: str) -> str:
    """Return a value of a metric, by its unit."""
    return words.shown(key, value) if key in REGISTRY else f"{value}"


@register.filter
def role_name(role: str) -> str:
    """Return what a role is called."""
    return str(Role(role).label)
