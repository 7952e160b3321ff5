"""What is asked about a file of rows."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from callcenter.imports.enums import Mode

LARGEST: Final = 512 << 20
"""Bytes of a file that a page takes; larger ones come in by a command."""


class SendForm(forms.Form):
    """The file. A kind's own form adds what it needs to know beside; `person` limits what may be chosen."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV of any encoding, XLSX, XLS or ODS, with the names of the columns in its first row."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
        error_messages={"empty": _("The file is empty. Choose one with a row of headers and rows below it.")},
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        max_length=80,
        required=False,
        help_text=_("Of a spreadsheet. Without one, the first."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.order_fields([name for name in self.fields if name != "sheet"])

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                _("The file is larger than %(most)d MB; bring it in with the command."),
                params={"most": LARGEST >> 20},
            )
        return file


class RunForm(forms.Form):
    """What to do with the file."""

    mode = forms.ChoiceField(
        choices=Mode.choices,
        initial=Mode.ALL,
        widget=forms.RadioSelect,
        label=_("When a row cannot be taken"),
    )
    trial = forms.BooleanField(required=False)


class ColumnsForm(RunForm):
    """What each column of a file holds, and what to do with it."""

    def __init__(self, *args: Any, header: Sequence[str], fields: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– not used –")), *((field.key, field.label) for field in fields)]
        self.names = [f"column_{place}" for place in range(len(header))]
        for number, (name, title) in enumerate(zip(self.names, header, strict=True), 1):
            label = title or _("column %(number)d") % {"number": number}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def columns(self) -> list[str]:
        """Return the field of each column; what is not understood is not used."""
        return [self.cleaned_data.get(name, "") for name in self.names]

    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields of the columns, in the order of the file."""
        return [self[name] for name in self.names]
