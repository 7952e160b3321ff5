"""gunicorn reads this by itself when it starts in this folder: its logs are silent about the unnamed addresses."""

logger_class = "callcenter.unnamed.web_log.WebLog"
