"""Addresses of leave."""

from django.urls import path

from shifts.views import leave, leave_balances, leave_calendar

urlpatterns = [
    path("leave/", leave.leave_list, name="leave_list"),
    path("leave/new/", leave.new_leave, name="new_leave"),
    path("leave/new/foreseen/", leave.foresee_leave, name="foresee_leave"),
    path("leave/file/", leave.file_leave, name="file_leave"),
    path("leave/calendar/", leave_calendar.leave_calendar, name="leave_calendar"),
    path("leave/balances/", leave_balances.balances, name="balances"),
    path("leave/balances/correct/", leave_balances.correct, name="correct_balance"),
    path("leave/ledger/", leave_balances.ledger, name="ledger"),
    path("leave/types/", leave_balances.leave_types, name="leave_types"),
    path("leave/types/new/", leave_balances.leave_type, name="new_leave_type"),
    path("leave/types/<int:pk>/", leave_balances.leave_type, name="leave_type"),
    path("leave/<int:pk>/", leave.leave, name="leave"),
    path("leave/<int:pk>/<slug:name>/", leave.leave_deed, name="leave_deed"),
]
