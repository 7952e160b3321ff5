"""Questions about figures that people keep: their views are saved as those of a list, under this name."""

from django.utils.translation import gettext_lazy as _

from callcenter.lists.spec import DataList


class QuestionList(DataList):
    """Not a list of rows: the page of figures, whose address says what is asked."""

    name = "kpi"
    title = _("Key figures")
    url = "kpi:overview"
    permission = "kpi.view"
