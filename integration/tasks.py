"""Celery's side of the interfaces."""

from __future__ import annotations

import datetime as dt

from celery import shared_task

from integration.models import IdempotencyKey
from workflow import clock

KEPT = dt.timedelta(days=7)


@shared_task(name="integration.forget_old_keys")
def forget_old_keys() -> int:
    """Idempotency keys are kept for a week; how many went."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
