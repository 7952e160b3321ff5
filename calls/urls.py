"""Addresses below /calls/."""

from django.urls import path

from calls import views
from calls.queue_log.views import logs

app_name = "calls"
urlpatterns = [
    path("", views.call_list, name="list"),
    path("logs/", logs, name="logs"),
    path("kept/", views.kept, name="kept"),
    path("unmatched/", views.unmatched, name="unmatched"),
    path("unmatched/again/<int:site>/", views.match_again, name="match_again"),
]
