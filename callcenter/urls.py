"""The map of the house: pages below their app's name, REST below /api/v1/."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from agents.views import set_language
from callcenter.http import api_not_found
from complaints.views import today

closed = login_not_required(TemplateView.as_view(template_name="account/closed.html"))

urlpatterns = [
    path("", today, name="today"),
    path("complaints/", include("complaints.urls")),
    path("feedback/", include("feedback.urls")),
    path("calls/", include("calls.urls")),
    path("kpi/", include("kpi.urls")),
    path("people/", include("agents.urls")),
    path("ops/", include("callcenter.ops.urls")),
    path("lists/", include("callcenter.lists.urls")),
    path("jobs/", include("callcenter.jobs.urls")),
    path("imports/", include("callcenter.imports.urls")),
    path("tokens/", include("callcenter.tokens.urls")),
    path("language/", set_language, name="set_language"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/confirm/", account.reauthenticate, name="account_reauthenticate"),
    # allauth names these addresses; nobody signs up, and administrators reset passwords.
    path("accounts/closed/", closed, name="account_signup"),
    path("accounts/closed/", closed, name="account_reset_password"),
    path("accounts/closed/", closed, name="account_set_password"),
    path("accounts/closed/", closed, name="account_email"),
    path("api/v1/complaints/", include("complaints.api.urls")),
    path("api/v1/kpi/", include("kpi.api.urls")),
    path("api/v1/worktime/", include("callcenter.worktime.urls")),
    path("api/<path:unknown>", api_not_found),
]
