"""REST addresses of complaints."""

from django.urls import path

from complaints.api import views

urlpatterns = [
    path("", views.ComplaintListApi.as_view(), name="complaint-list"),
    path("<slug:reference>/", views.ComplaintApi.as_view(), name="complaint"),
    path("<slug:reference>/resolve/", views.ResolveApi.as_view(), name="complaint-resolve"),
]
