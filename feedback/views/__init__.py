"""Pages of employee feedback."""

from feedback.views.acting import act, join
from feedback.views.item import detail, file
from feedback.views.listing import board, item_list
from feedback.views.writing import hint, new

__all__ = ["act", "board", "detail", "file", "hint", "item_list", "join", "new"]
