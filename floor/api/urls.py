"""REST addresses of the bulletin."""

from django.urls import path

from floor.api import views

app_name = "floor_api"
urlpatterns = [
    path("", views.PostListApi.as_view(), name="list"),
    path("<int:number>/", views.PostApi.as_view(), name="post"),
    path("<int:number>/read/", views.ReadApi.as_view(), name="read"),
]
