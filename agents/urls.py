"""Addresses of people and places."""

from django.urls import path

from agents import views
from agents.views import extra_roles, skills, teams

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
    path("teams/", teams.team_list, name="teams"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/<slug:name>/", teams.team_act, name="team_act"),
    path("skills/", skills.skill_list, name="skills"),
    path("skills/house/", skills.skills_of_house, name="skills_of_house"),
    path("skills/house/new/", skills.new_skill, name="new_skill"),
    path("skills/house/<int:pk>/", skills.change_skill, name="change_skill"),
    path("terms/", skills.terms_list, name="terms"),
    path("extra-roles/", extra_roles.extra_roles, name="extra_roles"),
    path("extra-roles/new/", extra_roles.new_extra_role, name="new_extra_role"),
    path("extra-roles/<int:pk>/", extra_roles.change_extra_role, name="change_extra_role"),
    path("applications/", extra_roles.application_list, name="applications"),
    path("applications/<int:pk>/", extra_roles.application, name="application"),
    path("applications/<int:pk>/withdraw/", extra_roles.withdraw, name="withdraw_application"),
    path("applications/<int:pk>/<slug:decision>/", extra_roles.decide, name="decide_application"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/<slug:name>/", views.act, name="act"),
]
