"""Celery's side of the orders floor: the clock times are in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from orders import services


@shared_task(name="orders.expire_quotations")
def expire_quotations() -> int:
    """Mark the quotations whose validity is over."""
    return services.expire_quotations()
