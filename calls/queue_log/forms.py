"""What is asked about a file of a queue log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.forms import SendCallsForm


class SendLogForm(SendCallsForm):
    """A log, whatever its name ends in, or a dump of the table; only of the latter the time zone is not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file, zone = self.fields["file"], self.fields["time_zone"]
        file.widget = forms.ClearableFileInput()
        file.help_text = _("The log as the telephone system writes it, or a CSV of its table queue_log.")
        zone.label = _("Time zone of the table")
        zone.help_text = _(
            "Needed for a CSV of the table, like Asia/Shanghai. The lines of a log say the moment itself."
        )
