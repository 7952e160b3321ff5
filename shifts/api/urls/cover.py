"""REST addresses of cover, demand, peak periods."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
