"""Addresses below /api/v1/ that belong to no app."""

from django.urls import path

from callcenter.rest import documentation

app_name = "rest"
urlpatterns = [
    path("schema/", documentation.SchemaApi.as_view(), name="schema"),
    path("docs/", documentation.docs, name="docs"),
]
