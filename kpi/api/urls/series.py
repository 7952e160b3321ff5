"""REST addresses of figures."""

from django.urls import path

from kpi.api import views

urlpatterns = [
    path("series/", views.SeriesApi.as_view(), name="series"),
    path("metrics/", views.MetricsApi.as_view(), name="metrics"),
]
