"""REST addresses of people and places."""

from django.urls import path

from agents.api import views

app_name = "agents_api"
urlpatterns = [
    path("people/", views.PersonListApi.as_view(), name="people"),
    path("people/<slug:work_number>/", views.PersonApi.as_view(), name="person"),
    path("sites/", views.SiteListApi.as_view(), name="sites"),
    path("teams/", views.TeamListApi.as_view(), name="teams"),
]
