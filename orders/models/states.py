"""业务单走到哪里、凭什么下的单：接口值与它们的几组（DESIGN §5、A6.1）。"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """业务单的状态（接口值）。"""

    DRAFT = "draft", _("登记")
    SUBMITTED = "submitted", _("待审核")
    ACCEPTED = "accepted", _("待评审")
    REVIEWING = "reviewing", _("评审中")
    NEGOTIATING = "negotiating", _("与客户协商")
    AGREED = "agreed", _("待签发")
    ISSUED = "issued", _("已下单")
    PRODUCING = "producing", _("生产跟进")
    SHIPPING = "shipping", _("发货")
    COLLECTING = "collecting", _("收款")
    COMPLETED = "completed", _("已完成")
    REJECTED = "rejected", _("已拒绝")
    CANCELLED = "cancelled", _("已取消")


ENDED = (State.COMPLETED, State.REJECTED, State.CANCELLED)
BEFORE_ISSUE = (State.ACCEPTED, State.REVIEWING, State.NEGOTIATING, State.AGREED)


class Basis(models.TextChoices):
    """下单依据（A6.1a–c）。"""

    WRITTEN = "written", _("书面订单")
    FAX = "fax", _("传真")
    EMAIL = "email", _("邮件扫描件")
    CHAT = "chat", _("聊天图片")
    NONE = "none", _("口头，没有书面")


FORM = "form"  # the external source of orders entered on a page: their external number is the page's own token
PROVISIONAL_BASES = (Basis.FAX, Basis.EMAIL, Basis.CHAT)
