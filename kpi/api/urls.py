"""Addresses below /api/v1/kpi/."""

from django.urls import path

from kpi.api import views

app_name = "kpi_api"
urlpatterns = [
    path("series/", views.SeriesApi.as_view(), name="series"),
    path("metrics/", views.MetricsApi.as_view(), name="metrics"),
]
