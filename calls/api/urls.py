"""REST addresses of calls."""

from django.urls import path

from calls.api import batches, views

app_name = "calls_api"
urlpatterns = [
    path("", views.CallListApi.as_view(), name="list"),
    path("batches/", batches.CallBatchesApi.as_view(), name="batches"),
]
