"""The Celery application and the timetable: the only place where clock times are written."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("gendan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Tasks by name, so that the timetable imports no chapter: {"name": {"task": "...", "schedule": crontab(...)}}
app.conf.beat_schedule = {}
