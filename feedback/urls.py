"""Addresses of feedback pages."""

from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.item_list, name="list"),
    path("new/", views.new, name="new"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/answer/", views.answer, name="answer"),
]
