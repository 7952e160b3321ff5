"""Addresses below /api/v1/ that belong to no app."""

from django.urls.resolvers import URLPattern

app_name = "rest"
urlpatterns: list[URLPattern] = []
