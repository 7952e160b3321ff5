"""What every act on an item is on pages: the form that asks, its icon, and what will happen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.enums import Act
from feedback.forms import acts as forms


@dataclass(frozen=True)
class Deed:
    """An act on a page."""

    form: type[forms.ActForm]
    icon: str
    question: Promise | str = ""


DEEDS: Mapping[Act, Deed] = {
    Act.ANSWER: Deed(
        forms.AnswerForm, "feedback", _("Only the author reads it, until you publish it as well.")
    ),
    Act.ASK_BACK: Deed(forms.AskBackForm, "help", _("No deadline stops meanwhile.")),
    Act.HAND_ON: Deed(
        forms.HandOnForm,
        "right",
        _("This is possible once. The deadline stays, but leaves them one working day."),
    ),
    Act.PUBLISH: Deed(
        forms.PublishForm,
        "globe",
        _("Every employee reads this and the newest answer, never what the author wrote."),
    ),
    Act.WITHDRAW: Deed(forms.ReasonForm, "lock", _("The reason is kept among your notes.")),
    Act.NOTE: Deed(forms.NoteForm, "edit", _("Only your side reads it, never the author.")),
    Act.SAY: Deed(forms.SayForm, "feedback", _("Whoever answers is told.")),
    Act.CONFIRM: Deed(
        forms.ConfirmForm, "ok", _("It is closed then. The questions are short, and may stay empty.")
    ),
    Act.DISPUTE: Deed(forms.DisputeForm, "ascend", _("From then on the executives own it.")),
    Act.CLOSE: Deed(forms.ReasonForm, "lock", _("The author reads the reason as the last answer.")),
    Act.ASSESS: Deed(forms.AssessForm, "report"),
    Act.CARRY_OUT: Deed(forms.CarryOutForm, "ok", _("Somebody else verifies it then.")),
    Act.VERIFY: Deed(forms.VerifyForm, "shield"),
    Act.REWARD: Deed(forms.RewardForm, "plus", _("It is on the board only if the author agrees.")),
    Act.SHOW_REWARD: Deed(forms.ShowRewardForm, "eye"),
}
