"""REST addresses of leave."""

from django.urls import path

from shifts.api import leave, leave_balances

urlpatterns = [
    path("leave/", leave.LeaveListApi.as_view(), name="leave-list"),
    path("leave/foreseen/", leave.ForeseeApi.as_view(), name="leave-foreseen"),
    path("leave/types/", leave_balances.LeaveTypeListApi.as_view(), name="leave-types"),
    path("leave/types/<slug:code>/", leave_balances.LeaveTypeApi.as_view(), name="leave-type"),
    path("leave/balances/", leave_balances.BalanceListApi.as_view(), name="leave-balances"),
    path("leave/ledger/", leave_balances.LedgerApi.as_view(), name="leave-ledger"),
    path("leave/<int:pk>/", leave.LeaveApi.as_view(), name="leave"),
    path("leave/<int:pk>/effect/", leave.EffectApi.as_view(), name="leave-effect"),
    *(
        path(f"leave/<int:pk>/{act}/", view.as_view(), name=f"leave-{act}")
        for act, view in leave.ACTS.items()
    ),
]
