"""Addresses of swaps and other changes, wishes."""

from django.urls import URLPattern, path

from shifts.views import asking, changes, wishes

urlpatterns: list[URLPattern] = [
    path("changes/", changes.change_list, name="change_list"),
    path("changes/file/", changes.file_changes, name="file_changes"),
    path("changes/open/", asking.open_list, name="open_shifts"),
    path("changes/open/<int:pk>/", asking.take, name="take_shift"),
    path("changes/shift/<int:pk>/", asking.ask_change, name="ask_change"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/<slug:name>/", changes.change_deed, name="change_deed"),
    path("wishes/", wishes.wish_list, name="wishes"),
    path("wishes/new/", wishes.new_wish, name="new_wish"),
    path("wishes/<int:pk>/", wishes.wish, name="wish"),
    path("wishes/<int:pk>/<slug:name>/", wishes.wish_deed, name="wish_deed"),
]
