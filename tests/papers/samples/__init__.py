"""Invented papers, as full as real ones, for every test that prints."""

from tests.papers.samples.change import change_notice
from tests.papers.samples.delivery import delivery, dispatch_notice
from tests.papers.samples.ledger import ledger
from tests.papers.samples.minutes import minutes
from tests.papers.samples.notice import notice
from tests.papers.samples.review import review, review_part
from tests.papers.samples.slips import dispatch_slip, loan_slip

SAMPLES = {
    "notice": notice,
    "review": review,
    "review_part": review_part,
    "review_minutes": minutes,
    "dispatch_notice": dispatch_notice,
    "delivery": delivery,
    "ledger": ledger,
    "loan_slip": loan_slip,
    "dispatch_slip": dispatch_slip,
}

__all__ = [
    "SAMPLES",
    "change_notice",
    "delivery",
    "dispatch_notice",
    "ledger",
    "minutes",
    "notice",
    "review",
    "review_part",
]
