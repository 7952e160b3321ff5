"""REST addresses of targets."""

from django.urls import path

from kpi.api import targets

urlpatterns = [
    path("targets/", targets.TargetListApi.as_view(), name="targets"),
    path("targets/<int:pk>/", targets.TargetApi.as_view(), name="target"),
    path("targets/<int:pk>/end/", targets.EndTargetApi.as_view(), name="end_target"),
]
