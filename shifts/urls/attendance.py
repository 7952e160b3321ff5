"""Addresses of attendance, the own roster, the calendar feed."""

from django.urls import path

from shifts.views import attendance, feeds, mine

urlpatterns = [
    path("mine/", mine.my_roster, name="mine"),
    path("mine/<int:pk>/correct/", attendance.ask_correction, name="ask_correction"),
    path("clock/", mine.clock, name="clock"),
    path("calendar/", feeds.calendar, name="calendar"),
    path("calendar/revoke/", feeds.revoke_calendar, name="revoke_calendar"),
    path("calendar/<slug:secret>.ics", feeds.feed, name="feed"),
    path("attendance/", attendance.attendance_list, name="attendance_list"),
    path("attendance/<int:pk>/", attendance.attended, name="attended"),
    path("attendance/month/", attendance.month_sheet, name="my_month_sheet"),
    path("attendance/month/<int:pk>/", attendance.month_sheet, name="month_sheet"),
    path("corrections/", attendance.correction_list, name="correction_list"),
    path("corrections/<int:pk>/", attendance.correction, name="correction"),
    path("corrections/<int:pk>/<slug:name>/", attendance.correction_deed, name="correction_deed"),
    path("adherence/", attendance.adherence_list, name="adherence_list"),
    path("adherence/totals/", attendance.adherence_totals, name="adherence_totals"),
]
