"""Celery's side of papers: the nightly look at the files. Printing itself goes through the outbox."""

from celery import shared_task

from papers import scrub, services


@shared_task(name="papers.scrub_files")
def scrub_files() -> int:
    """Compare every file with its row."""
    return scrub.scrub()


@shared_task(name="papers.clear_waiting_files")
def clear_waiting_files() -> int:
    """Clear what came with forms that nobody saved."""
    return services.clear_waiting()
