from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The house itself: its Celery application must exist before a chapter's task is called."""

    name = "config"
    verbose_name = "系统"

    def ready(self) -> None:
        import_module("config.celery")
