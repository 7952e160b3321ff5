"""REST addresses of feedback."""

from django.urls import path

from feedback.api import board, views
from feedback.api.acts import ACTS

urlpatterns = [
    path("departments/", views.DepartmentListApi.as_view(), name="feedback-departments"),
    path("hint/", board.HintApi.as_view(), name="feedback-hint"),
    path("board/", board.BoardApi.as_view(), name="feedback-board"),
    path("board/<slug:number>/", board.PublicItemApi.as_view(), name="feedback-public"),
    path("board/<slug:number>/join/", board.JoinApi.as_view(), name="feedback-join"),
    path("items/", views.ItemListApi.as_view(), name="feedback-items"),
    path("items/<slug:number>/", views.ItemApi.as_view(), name="feedback-item"),
    path("items/<slug:number>/files/<int:pk>/", views.FileApi.as_view(), name="feedback-file"),
    *(
        path(f"items/<slug:number>/{act}/", views.act_api(act).as_view(), name=f"feedback-{act}")
        for act in ACTS
    ),
]
