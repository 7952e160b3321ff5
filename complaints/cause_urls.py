"""Addresses of the tree of causes."""

from django.urls import path

from complaints import views

app_name = "causes"
urlpatterns = [
    path("", views.causes, name="list"),
    path("new/", views.new_cause, name="new"),
    path("<int:pk>/", views.rename_cause, name="rename"),
    path("<int:pk>/<slug:deed>/", views.change_cause, name="change"),
]
