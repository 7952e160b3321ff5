"""Addresses of cover, demand, peak periods."""

from django.urls import path

from shifts.views import cover, demand, forecasts, peaks

urlpatterns = [
    path("cover/", cover.day, name="cover"),
    path("cover/gaps/", cover.gap_list, name="gaps"),
    path("requirements/", demand.requirement_week, name="requirements"),
    path("requirements/list/", demand.requirement_list, name="requirement_list"),
    path("requirements/compute/", demand.compute, name="compute"),
    path("demand/", demand.demand_week, name="demand"),
    path("demand/list/", demand.demand_list, name="demand_list"),
    path("goals/", demand.goals, name="goals"),
    path("goals/<str:code>/", demand.goal, name="goal"),
    path("forecasts/<int:pk>/", forecasts.forecast, name="forecast"),
    path("forecasts/new/<str:code>/", forecasts.new, name="new_forecast"),
    path("peaks/", peaks.peak_list, name="peaks"),
    path("peaks/new/", peaks.new, name="new_peak"),
    path("peaks/template/", peaks.template, name="peak_template"),
    path("peaks/<int:pk>/", peaks.change, name="peak"),
    path("peaks/<int:pk>/end/", peaks.end, name="end_peak"),
]
