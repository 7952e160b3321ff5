"""The sign-in form in the centre's words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's form; what it calls a username is the work number here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Work number")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
