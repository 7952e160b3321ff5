"""REST addresses of attendance, the own roster, the calendar feed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
