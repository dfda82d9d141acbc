"""What reviews shows on an order's page, and what papers may know of its documents (DESIGN §4)."""

from __future__ import annotations

from papers.registry import knows, sees
from papers.shapes import CopyFacts, Facts
from parties.models import User
from reviews.models import Notice, NoticeCopy, Round


@sees("reviews_notice")
def notice_is_visible(user: User, pk: int) -> bool:
    """看得见通知单的人，才看得见它的附件一、附件二（第六条、B7）。"""
    return bool(Notice.objects.visible_to(user).filter(pk=pk).exists())


@sees("reviews_round")
def round_is_visible(user: User, pk: int) -> bool:
    """看得见业务单的人，才看得见评审上的文件（B7）。"""
    return bool(Round.objects.visible_to(user).filter(pk=pk).exists())


@knows("reviews_notice")
def copies_received(pk: int) -> Facts:
    """打印时已经知道的：各份由谁、何时签收，旧单收回没有（第六条）。"""
    rows = NoticeCopy.objects.filter(notice=pk).select_related("acknowledged_by").order_by("number")
    return Facts(copies={str(copy.number): _received(copy) for copy in rows if copy.acknowledged_at})


def _received(copy: NoticeCopy) -> CopyFacts:
    known = CopyFacts(received_by=str(copy.acknowledged_by))
    if copy.acknowledged_at:
        known["received_at"] = copy.acknowledged_at
    return known
