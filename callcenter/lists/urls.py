"""Addresses below /lists/."""

from django.urls.resolvers import URLPattern

app_name = "lists"
urlpatterns: list[URLPattern] = []
