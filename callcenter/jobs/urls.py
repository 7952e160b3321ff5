"""Addresses below /jobs/."""

from django.urls.resolvers import URLPattern

app_name = "jobs"
urlpatterns: list[URLPattern] = []
