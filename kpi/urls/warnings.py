"""Addresses of early warnings."""

from django.urls import path

from kpi.views import warnings

urlpatterns = [
    path("warnings/", warnings.warning_list, name="warnings"),
    path("warnings/settings/", warnings.settings, name="warning_settings"),
    path("warnings/mail/", warnings.mail, name="warning_mail"),
    path("warnings/<int:pk>/", warnings.warning, name="warning"),
    path("warnings/<int:pk>/deed/", warnings.deed, name="warning_deed"),
    path("warnings/<int:pk>/close/", warnings.close, name="warning_close"),
]
