"""Addresses below /tokens/."""

from django.urls.resolvers import URLPattern

app_name = "tokens"
urlpatterns: list[URLPattern] = []
