"""REST addresses of cover, demand, peak periods."""

from django.urls import path

from shifts.api import cover, needs, peaks

urlpatterns = [
    path("cover/", cover.CoverApi.as_view(), name="cover"),
    path("cover/gaps/", cover.GapsApi.as_view(), name="gaps"),
    path("demand/", needs.DemandListApi.as_view(), name="demand"),
    path("requirements/", needs.RequirementListApi.as_view(), name="requirements"),
    path("requirements/compute/", needs.ComputeApi.as_view(), name="compute"),
    path("goals/", needs.GoalListApi.as_view(), name="goals"),
    path("goals/<str:queue>/", needs.GoalApi.as_view(), name="goal"),
    path("forecasts/", cover.NewForecastApi.as_view(), name="forecasts"),
    path("forecasts/<int:pk>/", cover.ForecastApi.as_view(), name="forecast"),
    path("forecasts/<int:pk>/write/", cover.WriteForecastApi.as_view(), name="write_forecast"),
    path("peaks/", peaks.PeakListApi.as_view(), name="peaks"),
    path("peaks/<int:pk>/", peaks.PeakApi.as_view(), name="peak"),
    path("peaks/<int:pk>/end/", peaks.EndPeakApi.as_view(), name="end_peak"),
    path("peak-templates/<slug:site>/", peaks.PeakTemplateApi.as_view(), name="peak_template"),
    path("peak-templates/<slug:site>/stop/", peaks.StopPeaksApi.as_view(), name="stop_peaks"),
]
