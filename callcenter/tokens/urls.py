"""Addresses below /tokens/."""

from django.urls import path

from callcenter.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.token_list, name="list"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.used, name="use"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
]
