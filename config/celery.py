"""The Celery application and the timetable: the only place where clock times are written."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("gendan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Tasks by name, so that the timetable imports no chapter: {"name": {"task": "...", "schedule": crontab(...)}}
app.conf.beat_schedule = {
    "send what lies in the outbox": {"task": "workflow.relay_outbox", "schedule": 5.0, "options": {"expires": 5}},
    "bring the duties up to date": {"task": "workflow.sweep_duties", "schedule": crontab(minute="*/10")},
    "mark quotations whose validity is over": {"task": "orders.expire_quotations", "schedule": crontab(minute=5)},
    "prove what must always hold": {"task": "workflow.prove_all", "schedule": crontab(hour=2, minute=30)},
    "clear files of forms nobody saved": {"task": "papers.clear_waiting_files", "schedule": crontab(hour=3, minute=0)},
    "compare every file with its row": {"task": "papers.scrub_files", "schedule": crontab(hour=3, minute=10)},
    "forget old idempotency keys": {"task": "integration.forget_old_keys", "schedule": crontab(hour=3, minute=40)},
}
