"""REST addresses of complaints."""

from django.urls import path

from complaints.api import views

urlpatterns = [
    path("", views.ComplaintListApi.as_view(), name="complaint-list"),
    path("<str:reference>/", views.ComplaintApi.as_view(), name="complaint"),
]
