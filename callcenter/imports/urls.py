"""Addresses below /imports/."""

from django.urls import path, re_path

from callcenter.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.result, name="result"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/run/", views.run, name="run"),
    re_path(r"^(?P<pk>\d+)/rejects\.(?P<form>csv|xlsx)$", views.rejects, name="rejects"),
    path("<slug:kind>/", views.send, name="send"),
    re_path(r"^(?P<kind>[\w-]+)/empty\.(?P<form>csv|xlsx)$", views.template, name="template"),
]
