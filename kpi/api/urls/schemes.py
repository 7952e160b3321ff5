"""REST addresses of schemes and assessments."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
