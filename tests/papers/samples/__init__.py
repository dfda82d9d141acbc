"""Invented papers, as full as real ones, for every test that prints."""

from tests.papers.samples.change import change_notice
from tests.papers.samples.delivery import delivery, dispatch_notice
from tests.papers.samples.ledger import ledger
from tests.papers.samples.notice import notice
from tests.papers.samples.review import review

SAMPLES = {
    "notice": notice,
    "review": review,
    "dispatch_notice": dispatch_notice,
    "delivery": delivery,
    "ledger": ledger,
}

__all__ = ["SAMPLES", "change_notice", "delivery", "dispatch_notice", "ledger", "notice", "review"]
