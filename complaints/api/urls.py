"""REST addresses of complaints."""

from django.urls import path

from complaints.api import views
from complaints.api.analysis import AnalysisApi

urlpatterns = [
    path("", views.ComplaintListApi.as_view(), name="complaint-list"),
    path("analysis/", AnalysisApi.as_view(), name="complaint-analysis"),
    path("<slug:reference>/", views.ComplaintApi.as_view(), name="complaint"),
    path("<slug:reference>/resolve/", views.ResolveApi.as_view(), name="complaint-resolve"),
]
