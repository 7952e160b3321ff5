"""Addresses of what administrators set of the clocks and the course."""

from django.urls import path

from complaints import views

app_name = "clock_policies"
urlpatterns = [
    path("", views.clock_policies, name="list"),
    path("<int:pk>/", views.change_clock_policy, name="change"),
    path("<int:pk>/remove/", views.remove_clock_policy, name="remove"),
    path("<slug:kind>/<int:tier>/", views.new_clock_policy, name="new"),
]
