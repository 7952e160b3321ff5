"""No line of a log speaks of a request below PREFIX."""

import logging

from callcenter.unnamed import PREFIX


class NotUnnamed(logging.Filter):
    """Drop records about a request below PREFIX, such as “Bad Request: …” with its time."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for those."""
        path = getattr(getattr(record, "request", None), "path", "")
        return not str(path).startswith(PREFIX) and PREFIX not in str(record.args)
