"""Addresses of those who keep the product running, and of the bell."""

from django.urls import path

from callcenter.ops import views

app_name = "ops"
urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/requeue/", views.requeue, name="requeue"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", views.mail, name="mail"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("calendars/", views.calendars, name="calendars"),
    path("calendars/new/", views.new_calendar, name="new_calendar"),
    path("calendars/<slug:code>/", views.calendar, name="calendar"),
    path("calendars/<slug:code>/hours/", views.weekly_hours, name="weekly_hours"),
    path("calendars/<slug:code>/days/", views.set_day, name="set_day"),
    path("calendars/<slug:code>/days/<str:day>/remove/", views.remove_day, name="remove_day"),
    path("policies/new/", views.new_policy, name="new_policy"),
    path("policies/<slug:code>/", views.policy, name="policy"),
    path("health/", views.health, name="health"),
]
