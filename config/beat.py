"""The clock by itself: it knows names and times, loads no chapter and is small."""

from celery import Celery

from config.celery import app as house

app = Celery("gendan", fixups=[], set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = house.conf.beat_schedule
