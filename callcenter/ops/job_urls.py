"""Addresses below /jobs/."""

from django.urls import path

from callcenter.ops.views import jobs as views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/stop/", views.cancel, name="cancel"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/file/", views.file, name="file"),
]
