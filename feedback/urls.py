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
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/files/<int:pk>/", views.file, name="file"),
    path("<str:number>/join/<str:interest>/", views.join, name="join"),
    path("<str:number>/<str:name>/", views.act, name="act"),
]
