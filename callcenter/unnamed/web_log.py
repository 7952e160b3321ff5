"""The web server's logs; gunicorn.conf.py names them."""

from typing import Any

from gunicorn.glogging import Logger

from callcenter.unnamed import PREFIX
from callcenter.unnamed.logs import NotUnnamed


class WebLog(Logger):
    """gunicorn's logs, without a word about what lies below PREFIX."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Write the line of the access log, if there is one for this address."""
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            super().access(resp, req, environ, request_time)

    def setup(self, cfg: Any) -> None:
        """Open the logs; the error log, which tells of requests at its finest level, obeys the same rule."""
        super().setup(cfg)
        self.error_log.addFilter(NotUnnamed())
