"""Addresses of boards, patterns, publication."""

from django.urls import path

from shifts.views import rosters

urlpatterns = [
    path("", rosters.home, name="home"),
    path("rosters/", rosters.roster_list, name="rosters"),
]
