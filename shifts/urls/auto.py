"""Addresses of the auto-roster."""

from django.urls import path

from shifts.views import auto

urlpatterns = [
    path("rosters/<int:pk>/auto/", auto.auto_roster, name="auto"),
    path("runs/<int:pk>/", auto.run_page, name="run"),
    path("runs/<int:pk>/take/", auto.take_run, name="take_run"),
    path("runs/<int:pk>/drop/", auto.drop_run, name="drop_run"),
]
