"""Settings, doors and timetable of the house; no business lives here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
