"""Addresses of the page of figures."""

from django.urls import path

from kpi.views import overview

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("today/", overview.today_figures, name="today"),
    path("<slug:part>.<slug:form>", overview.export, name="export"),
]
