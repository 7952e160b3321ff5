"""REST addresses of figures."""

from django.urls import path

from kpi.api import series, views

urlpatterns = [
    path("series/", series.SeriesApi.as_view(), name="series"),
    path("metrics/", views.MetricsApi.as_view(), name="metrics"),
]
