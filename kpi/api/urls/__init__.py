"""REST addresses below /api/v1/kpi/; a module for each concern."""

from kpi.api.urls import schemes, series, targets, warnings

app_name = "kpi_api"
urlpatterns = [*series.urlpatterns, *targets.urlpatterns, *schemes.urlpatterns, *warnings.urlpatterns]
