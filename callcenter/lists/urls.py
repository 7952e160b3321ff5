"""Addresses below /lists/."""

from django.urls import path

from callcenter.lists import views

app_name = "lists"
urlpatterns = [
    path("<slug:name>/save/", views.save, name="save"),
    path("<slug:name>/export/", views.export_later, name="export"),
    path("views/<int:pk>/rename/", views.rename, name="rename"),
    path("views/<int:pk>/remove/", views.remove, name="remove"),
]
