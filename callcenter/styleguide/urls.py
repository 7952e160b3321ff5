"""Addresses of the style guide."""

from django.urls import path

from callcenter.styleguide import views

app_name = "styleguide"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("panel/", views.panel, name="panel"),
    path("undo/", views.undo, name="undo"),
]
