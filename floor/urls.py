"""Addresses of the bulletin."""

from django.urls import path

from floor import views

app_name = "floor"
urlpatterns = [
    path("", views.post_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.post, name="post"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/readers/", views.readers, name="readers"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
