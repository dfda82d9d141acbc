"""Celery's side of papers: the nightly look at the files. Printing itself goes through the outbox."""

from celery import shared_task

from papers import scrub


@shared_task(name="papers.scrub_files")
def scrub_files() -> int:
    """Compare every file with its row."""
    return scrub.scrub()
