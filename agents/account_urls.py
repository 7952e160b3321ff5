"""Addresses of signing in and of one's account. The names are allauth's, which looks its pages up by them."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as directory
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from agents.views.account import account_home, end_other_sessions, end_session, to_directory

closed = login_not_required(TemplateView.as_view(template_name="account/closed.html"))

urlpatterns = [
    path("", account_home, name="account_home"),
    path("sessions/end/", end_other_sessions, name="account_end_other_sessions"),
    path("sessions/<int:pk>/end/", end_session, name="account_end_session"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("login/passkey/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("oidc/<slug:provider_id>/login/", to_directory, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("login/cancelled/", directory.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/error/", login_not_required(directory.login_error), name="socialaccount_login_error"),
    # Where allauth returns to when something of the account is done.
    path("", account_home, name="mfa_index"),
    path("", account_home, name="mfa_list_webauthn"),
    path("", account_home, name="socialaccount_connections"),
    # Nobody signs up, and administrators reset passwords.
    path("closed/", closed, name="account_signup"),
    path("closed/", closed, name="account_reset_password"),
    path("closed/", closed, name="account_set_password"),
    path("closed/", closed, name="account_email"),
    path("closed/", closed, name="socialaccount_signup"),
]
