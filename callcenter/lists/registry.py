"""Lists by name: the kernel finds an app's list only through settings.LISTS."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from callcenter.errors import NotFound
from callcenter.lists.spec import DataList


def list_named(name: str) -> DataList:
    """Return the list; a NotFound if no list has the name."""
    if name not in settings.LISTS:
        raise NotFound(_("There is no list “%(name)s”.") % {"name": name}, field="list")
    made: DataList = import_string(settings.LISTS[name])()
    return made
