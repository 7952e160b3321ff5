"""Addresses of the service rules."""

from django.urls import path

from agents import views

app_name = "service_rules"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("new/", views.new_rule, name="new"),
    path("<int:pk>/end/", views.end_rule, name="end"),
]
