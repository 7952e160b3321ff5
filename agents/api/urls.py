"""REST addresses of people and places."""

from django.urls import path

from agents.api import acts, catalogue, dated_views, views

app_name = "agents_api"
urlpatterns = [
    path("people/", views.PersonListApi.as_view(), name="people"),
    path("people/<slug:work_number>/", views.PersonApi.as_view(), name="person"),
    path("sites/", views.SiteListApi.as_view(), name="sites"),
    path("teams/", views.TeamListApi.as_view(), name="teams"),
    path("people/<slug:work_number>/record/", dated_views.RecordApi.as_view(), name="record"),
    path("teams/<int:pk>/", dated_views.TeamOnApi.as_view(), name="team"),
    path("skills/", catalogue.SkillListApi.as_view(), name="skills"),
    path("skills/held/", dated_views.HeldSkillListApi.as_view(), name="skills_held"),
    path("skills/<slug:code>/", catalogue.SkillApi.as_view(), name="skill"),
    path("extra-roles/", catalogue.ExtraRoleListApi.as_view(), name="extra_roles"),
    path("extra-roles/<slug:code>/", catalogue.ExtraRoleApi.as_view(), name="extra_role"),
    path("applications/", dated_views.ApplicationListApi.as_view(), name="applications"),
    *acts.patterns(),
]
