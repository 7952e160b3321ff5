"""Lists as people use them: views, filters, columns that sort, saved views, exports."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """The app `callcenter.lists`."""

    name = "callcenter.lists"
    label = "lists"
