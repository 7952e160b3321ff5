"""Addresses of rosters; a module for each concern."""

from shifts.urls import attendance, auto, board, changes, cover, leave

app_name = "shifts"
urlpatterns = [
    *board.urlpatterns,
    *cover.urlpatterns,
    *auto.urlpatterns,
    *leave.urlpatterns,
    *changes.urlpatterns,
    *attendance.urlpatterns,
]
