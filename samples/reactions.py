"""What the register of samples objects to when others act (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from orders.events import MayComplete
from samples.selectors import open_loans
from workflow.events import objects_to
from workflow.guards import Refusal


@objects_to(MayComplete)
def loans_are_back(question: MayComplete) -> Iterator[Refusal]:
    """借出去的样品都收回、用完或说清了，才能结案（第十条）。"""
    for loan in open_loans(question.order):
        yield Refusal(
            _("%(kind)s「%(name)s」还在%(who)s，没有收回")
            % {"kind": loan.sample.get_kind_display(), "name": loan.sample.name, "who": loan.borrower},
            "第十条",
            "A10",
        )
