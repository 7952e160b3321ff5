"""Addresses of feedback pages."""

from django.urls import path

from feedback import views
from feedback.anonymity import rights
from feedback.house import views as house

app_name = "feedback"
urlpatterns = [
    path("", views.board, name="board"),
    path("items/", views.item_list, name="list"),
    path("new/", views.new, name="new"),
    path("hint/", views.hint, name="hint"),
    path("settings/", house.settings, name="settings"),
    path("rights/", rights.rights, name="rights"),
    path("rights/tokens/", rights.tokens, name="tokens"),
    path("<slug:number>/", views.detail, name="detail"),
    path("<slug:number>/files/<int:pk>/", views.file, name="file"),
    path("<slug:number>/join/<slug:interest>/", views.join, name="join"),
    path("<slug:number>/<slug:name>/", views.act, name="act"),
]
