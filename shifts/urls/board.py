"""Addresses of boards, patterns, publication."""

from django.urls import path

from shifts.views import board, patterns, rosters

urlpatterns = [
    path("", rosters.home, name="home"),
    path("rosters/", rosters.roster_list, name="rosters"),
    path("rosters/new/", rosters.new_roster, name="new_roster"),
    path("rosters/<int:pk>/", board.board, name="board"),
    path("rosters/<int:pk>/data/", board.board_data, name="board_data"),
    path("rosters/<int:pk>/heads/", board.board_heads, name="board_heads"),
    path("rosters/<int:pk>/print/", board.board_print, name="board_print"),
    path("rosters/<int:pk>/publish/", rosters.publish, name="publish"),
    path("rosters/<int:pk>/remove/", rosters.remove_roster, name="remove_roster"),
    path("rosters/<int:pk>/shift/", board.new_shift, name="new_shift"),
    path("rosters/<int:pk>/act/<slug:name>/", board.board_act, name="board_act"),
    path("shifts/", rosters.shift_list, name="shift_list"),
    path("shifts/<int:pk>/", board.shift, name="shift"),
    path("patterns/", patterns.pattern_list, name="patterns"),
    path("patterns/new/", patterns.new_pattern, name="new_pattern"),
    path("patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("patterns/<int:pk>/retire/", patterns.retire_pattern, name="retire_pattern"),
    path("rotations/new/", patterns.new_rotation, name="new_rotation"),
    path("rotations/<int:pk>/retire/", patterns.retire_rotation, name="retire_rotation"),
    path("rules/<slug:code>/", patterns.site_rules, name="site_rules"),
]
