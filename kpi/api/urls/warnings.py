"""REST addresses of early warnings."""

from django.urls import path

from kpi.api import warnings

urlpatterns = [
    path("warnings/", warnings.WarningListApi.as_view(), name="warnings"),
    path("warnings/<int:pk>/", warnings.WarningApi.as_view(), name="warning"),
    path("warnings/<int:pk>/deeds/", warnings.WarningDeedsApi.as_view(), name="warning-deeds"),
    path("warnings/<int:pk>/close/", warnings.CloseWarningApi.as_view(), name="warning-close"),
]
