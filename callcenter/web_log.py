"""The web server's logs; gunicorn.conf.py names them."""

from typing import Any

from gunicorn.glogging import Logger

from callcenter.log_rules import LogRules, bare, is_silent


class WebLog(Logger):
    """gunicorn's logs, held to what `log_rules` allows."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Write the line of the access log, if there is one for this address."""
        if not is_silent(environ.get("PATH_INFO", "")):
            super().access(resp, req, bare(environ), request_time)

    def setup(self, cfg: Any) -> None:
        """Open the logs; the error log, which tells of requests at its finest level, obeys the same rules."""
        super().setup(cfg)
        self.error_log.addFilter(LogRules())
