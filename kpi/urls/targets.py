"""Addresses of targets."""

from django.urls import path

from kpi.views import targets

urlpatterns = [
    path("targets/", targets.target_list, name="targets"),
    path("targets/new/", targets.new, name="new_target"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("targets/<int:pk>/end/", targets.end, name="end_target"),
]
