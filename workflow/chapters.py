"""What every chapter's AppConfig does when Django starts: wake the rooms that register themselves."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

SELF_REGISTERING = ("reactions", "contributions", "reminders", "channels", "proofs", "finding")


class ChapterConfig(AppConfig):
    """An app of the house: its reactions, contributions and reminders register on start."""

    default = False  # the base itself is nobody's configuration; every chapter's own is
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        for room in SELF_REGISTERING:
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")
