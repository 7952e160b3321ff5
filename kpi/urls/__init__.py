"""Addresses below /kpi/; a module for each concern."""

from kpi.urls import overview, schemes, targets, warnings

app_name = "kpi"
urlpatterns = [*targets.urlpatterns, *schemes.urlpatterns, *warnings.urlpatterns, *overview.urlpatterns]
