"""REST addresses of attendance, the own roster, the calendar feed."""

from django.urls import path

from shifts.api import attendance, mine

urlpatterns = [
    path("mine/", mine.MyDaysApi.as_view(), name="mine"),
    path("clock/", mine.ClockApi.as_view(), name="clock"),
    path("states/", mine.StatesApi.as_view(), name="states"),
    path("calendar/", mine.CalendarApi.as_view(), name="calendar"),
    path("calendar/revoke/", mine.RevokeCalendarApi.as_view(), name="revoke-calendar"),
    path("attendance/", attendance.AttendanceListApi.as_view(), name="attendance"),
    path("adherence/", attendance.AdherenceApi.as_view(), name="adherence"),
    path("corrections/", attendance.CorrectionListApi.as_view(), name="corrections"),
    path("corrections/<int:pk>/", attendance.CorrectionApi.as_view(), name="correction"),
    *(
        path(f"corrections/<int:pk>/{act}/", view.as_view(), name=f"correction-{act}")
        for act, view in attendance.ACTS.items()
    ),
]
