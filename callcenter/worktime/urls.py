"""REST addresses of the working calendar."""

from django.urls import path

from callcenter.worktime.api import DueApi

app_name = "worktime"

urlpatterns = [path("due/", DueApi.as_view(), name="due")]
