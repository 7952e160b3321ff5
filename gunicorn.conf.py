"""gunicorn reads this by itself when it starts in this folder: its logs obey callcenter/log_rules.py."""

logger_class = "callcenter.web_log.WebLog"
