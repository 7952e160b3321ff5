"""Addresses of the page of figures."""

from django.urls import path

from kpi.views import overview, questions

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("today/", overview.today_figures, name="today"),
    path("questions/", questions.save, name="save_question"),
    path("questions/<int:pk>/remove/", questions.remove, name="remove_question"),
    path("<slug:part>.<slug:form>", overview.export, name="export"),
]
