"""Short review of a repeat order: nothing but quantity and date differs, so only the departments touched are asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orders.models import Order, State
from orders.versions import reviewed, snapshot
from parties.models import Department
from reviews.selectors import kinds_of, named_departments

MADE = frozenset({State.ISSUED, State.PRODUCING, State.SHIPPING, State.COLLECTING, State.COMPLETED})


def short_departments(order: Order) -> list[Department]:
    """翻单只请这些部门：种类选项 short_review_departments（第十六条）。"""
    return named_departments(
        code for kind in kinds_of(order) for code in kind.options.get("short_review_departments", ())
    )


def why_not_short(order: Order) -> str:
    """为什么这张单不能短评审；可以就是空（第十六条、A18）。"""
    original = order.copied_from
    if original is None:
        return _("不是翻单，各部门都要评审")
    if original.state not in MADE:
        return _("原单 %(number)s 没有评审下单，不能照它短评审") % {"number": original.number}
    if reviewed(snapshot(order), quantities=False) != reviewed(snapshot(original), quantities=False):
        return _("除了数量和交期，还有别的与原单 %(number)s 不同，各部门都要评审") % {"number": original.number}
    if not short_departments(order):
        return _("业务种类没有定短评审的部门")
    return ""
