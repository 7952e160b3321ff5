"""REST addresses of swaps and other changes, wishes."""

from django.urls import path

from shifts.api import changes, offers, wishes

urlpatterns = [
    path("changes/", changes.ChangeListApi.as_view(), name="change-list"),
    path("changes/<int:pk>/", changes.ChangeApi.as_view(), name="change"),
    path("changes/<int:pk>/obstacles/", changes.ObstaclesApi.as_view(), name="change-obstacles"),
    *(
        path(f"changes/<int:pk>/{act}/", view.as_view(), name=f"change-{act}")
        for act, view in changes.ACTS.items()
    ),
    path("open-shifts/", offers.OpenShiftsApi.as_view(), name="open-shifts"),
    path("shifts/<int:pk>/swaps/", offers.SwapsApi.as_view(), name="swaps"),
    path("shifts/<int:pk>/substitutes/", offers.SubstitutesApi.as_view(), name="substitutes"),
    path("wishes/", wishes.WishListApi.as_view(), name="wish-list"),
    *(
        path(f"wishes/<int:pk>/{act}/", view.as_view(), name=f"wish-{act}")
        for act, view in wishes.ACTS.items()
    ),
]
