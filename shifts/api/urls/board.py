"""REST addresses of boards, patterns, publication."""

from django.urls import path

from shifts.api import board, patterns

urlpatterns = [
    path("rosters/", board.RosterListApi.as_view(), name="roster-list"),
    path("rosters/<int:pk>/", board.RosterApi.as_view(), name="roster"),
    path("rosters/<int:pk>/shifts/", board.ShiftListApi.as_view(), name="roster-shifts"),
    path("rosters/<int:pk>/changes/", board.ChangesApi.as_view(), name="roster-changes"),
    *(
        path(f"rosters/<int:pk>/{act}/", view.as_view(), name=f"roster-{act}")
        for act, view in board.ACTS.items()
    ),
    path("shifts/<int:pk>/", board.ShiftApi.as_view(), name="shift"),
    path("patterns/", patterns.PatternListApi.as_view(), name="pattern-list"),
    path("patterns/<int:pk>/retire/", patterns.RetirePatternApi.as_view(), name="pattern-retire"),
    path("rotations/", patterns.RotationListApi.as_view(), name="rotation-list"),
    path("rules/<slug:code>/", patterns.RulesApi.as_view(), name="rules"),
]
