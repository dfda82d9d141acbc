"""Celery's side of the flow: two lines each, the clock times are in config/celery.py."""

from __future__ import annotations

from celery import shared_task

from workflow import clock, duties, outbox, proofs


@shared_task(name="workflow.relay_outbox")
def relay_outbox() -> int:
    """Send what lies in the outbox."""
    return outbox.relay()


@shared_task(name="workflow.sweep_duties")
def sweep_duties() -> int:
    """Ask every reminder and bring the duties up to date."""
    return duties.sweep(clock.now())


@shared_task(name="workflow.prove_all")
def prove_all() -> int:
    """Ask every floor whether what must always hold still holds; how many breaks there are."""
    return len(proofs.prove_all().found)
