"""REST addresses of rosters; a module for each concern."""

from shifts.api.urls import attendance, auto, board, changes, cover, leave

app_name = "shifts_api"
urlpatterns = [
    *board.urlpatterns,
    *cover.urlpatterns,
    *auto.urlpatterns,
    *leave.urlpatterns,
    *changes.urlpatterns,
    *attendance.urlpatterns,
]
