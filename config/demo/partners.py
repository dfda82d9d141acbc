"""Whom the demo company works with: carriers (L…) and processors (W…), all invented."""

from __future__ import annotations

from parties.models import User
from shipping.models import Carrier

CARRIERS = (("L001", "顺途物流"), ("L002", "江澜快运"), ("L003", "四方专线"))


def make_partners(people: dict[str, User]) -> None:
    """Write carriers and processors."""
    Carrier.objects.bulk_create([Carrier(code=code, name=name, phone="0571-5551 0000") for code, name in CARRIERS])
