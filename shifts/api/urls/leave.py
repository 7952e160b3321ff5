"""REST addresses of leave."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
