"""The kernel as a Django app: it carries templates tags, static files and commands, no tables."""

from django.apps import AppConfig


class CallcenterConfig(AppConfig):
    """Kernel without models."""

    name = "callcenter"
