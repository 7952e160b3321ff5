"""Addresses below /feedback/leaders/."""

from django.urls import path

from feedback.leaders import views

app_name = "leaders"
urlpatterns = [
    path("", views.newest, name="newest"),
    path("analysis/", views.analysis, name="analysis"),
    path("analysis/<slug:part>.<slug:form>", views.export, name="export"),
    path("<str:since>/", views.report, name="report"),
    path("<str:since>/print/", views.printed, name="print"),
]
