"""Addresses below /api/v1/feedback/reports/."""

from django.urls import path

from feedback.leaders import api

app_name = "leaders_api"
urlpatterns = [
    path("", api.ReportsApi.as_view(), name="reports"),
    path("figures/", api.FiguresApi.as_view(), name="figures"),
]
