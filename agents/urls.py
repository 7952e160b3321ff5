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
    path("conduct/", views.conduct_list, name="conduct"),
    path("conduct/new/", views.new_conduct, name="new_conduct"),
    path("conduct/<int:pk>/", views.conduct_record, name="conduct_record"),
    path("conduct/<int:pk>/change/", views.change_draft, name="change_draft"),
    path("conduct/<int:pk>/<slug:name>/", views.conduct_deed, name="conduct_deed"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/<slug:name>/", views.act, name="act"),
]
