"""REST addresses of the auto-roster."""

from django.urls import path

from shifts.api import auto

urlpatterns = [
    path("runs/", auto.RunListApi.as_view(), name="run-list"),
    path("runs/<int:pk>/", auto.RunApi.as_view(), name="run"),
    path("runs/<int:pk>/take/", auto.TakeRunApi.as_view(), name="run-take"),
    path("runs/<int:pk>/drop/", auto.DropRunApi.as_view(), name="run-drop"),
]
