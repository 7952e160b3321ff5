"""REST addresses of swaps and other changes, wishes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
