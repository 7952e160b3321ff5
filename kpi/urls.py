"""Addresses below /kpi/."""

from django.urls import path

from kpi import views

app_name = "kpi"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("today/", views.today_figures, name="today"),
    path("<slug:part>.<slug:form>", views.export, name="export"),
]
