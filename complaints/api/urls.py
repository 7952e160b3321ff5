"""REST addresses of complaints."""

from django.urls import path

from complaints.api import acts, views
from complaints.api.analysis import AnalysisApi
from complaints.api.files import AttachmentApi, AttachmentsApi
from complaints.api.history import ActsApi, HistoryApi
from complaints.api.questions import QuestionListApi

urlpatterns = [
    path("", views.ComplaintListApi.as_view(), name="complaint-list"),
    path("analysis/", AnalysisApi.as_view(), name="complaint-analysis"),
    path("questions/", QuestionListApi.as_view(), name="complaint-questions"),
    path("<slug:reference>/", views.ComplaintApi.as_view(), name="complaint"),
    path("<slug:reference>/acts/", ActsApi.as_view(), name="complaint-acts"),
    path("<slug:reference>/attachments/", AttachmentsApi.as_view(), name="complaint-attachments"),
    path("<slug:reference>/attachments/<int:number>/", AttachmentApi.as_view(), name="complaint-attachment"),
    path("<slug:reference>/history/", HistoryApi.as_view(), name="complaint-history"),
    *acts.urlpatterns,
]
