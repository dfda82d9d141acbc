"""The papers a kind wants on an order before production and before dispatch: what is there, what is not (C8、D6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from orders.models import Order
from papers.models import Attachment
from papers.services import attachments_of

PRODUCTION, DISPATCH = "production", "dispatch"
WHEN = {PRODUCTION: gettext_lazy("投产前"), DISPATCH: gettext_lazy("发货前")}


@dataclass
class WantedPaper:
    """一份要齐的资料或单证：叫什么、何时要齐、归了哪几份文件。"""

    name: str
    before: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)

    @property
    def missing(self) -> bool:
        """一份都还没有归档。"""
        return not self.files

    @property
    def when(self) -> str:
        """投产前，发货前。"""
        return "、".join(str(WHEN[one]) for one in self.before)


def wanted_papers(order: Order, files: Iterable[Attachment] | None = None) -> list[WantedPaper]:
    """单上各种类要齐的，投产前的在前；文件按种类的名称归到各份（C8、D6）。A kind that names none costs no query."""
    named: dict[str, WantedPaper] = {}
    for kind in order.kinds:
        for before, names in ((PRODUCTION, kind.papers), (DISPATCH, kind.papers_before_dispatch)):
            for name in names:
                paper = named.setdefault(name, WantedPaper(name))
                if before not in paper.before:
                    paper.before.append(before)
    if named:
        for file in attachments_of(order).filter(kind__in=named) if files is None else files:
            if file.kind in named:
                named[file.kind].files.append(file)
    return sorted(named.values(), key=lambda paper: paper.before[0] == DISPATCH)


def papers_missing(order: Order, before: str = DISPATCH) -> list[str]:
    """到这一步要齐、还没有归在单上的（C8、D6）。"""
    return [paper.name for paper in wanted_papers(order) if before in paper.before and paper.missing]
