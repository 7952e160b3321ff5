"""Addresses of boards, patterns, publication."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
