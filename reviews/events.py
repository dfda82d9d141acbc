"""Facts the reviews floor announces: a notice signed, issued, void (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parties.models import User
    from reviews.models import Notice


@dataclass(frozen=True)
class NoticeSigned:
    """业务通知单已签发：内容从此不变，旧版自此作废（第六条、第二十二条）。"""

    notice_id: int
    order_id: int
    actor: User


@dataclass(frozen=True)
class NoticeIssued:
    """业务通知单已发到各部门：节点、看板、投产从这里开始（第六条、第二十一条）。"""

    notice_id: int
    order_id: int
    number: str
    actor: User


@dataclass(frozen=True)
class NoticeVoided:
    """业务通知单作废：拿着它的部门要交回，照它报的工不收（第二十二条）。"""

    notice_id: int
    order_id: int
    number: str
    reason: str
    successor: str
    actor: User


# --- questions: a higher floor may object -----------------------------------------------------------------------------
@dataclass(frozen=True)
class MaySign:
    """可以签发这张通知单吗？（第二十条）"""

    notice: Notice
