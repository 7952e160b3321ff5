"""Addresses of the auto-roster."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
