"""What must always hold of the ledger (第六章, A62)."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.proof import differences
from workflow.proofs import proves


@proves("I3", "台账、开票、收款两样算法一致")
def the_ledger_agrees() -> Iterator[str]:
    """Every sum computed a second way."""
    yield from differences()
