"""Addresses of people and places."""

from django.urls import path

from agents import views

app_name = "agents"
urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.new, name="new"),
    path("places/", views.places, name="places"),
    path("places/<slug:kind>/new/", views.new_place, name="new_place"),
    path("places/<slug:kind>/<int:pk>/", views.place, name="place"),
    path("place/", views.pick_place, name="pick_place"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/<slug:name>/", views.act, name="act"),
]
