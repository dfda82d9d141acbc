"""A change of an order walked through its life, by the services and the people who do it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders.models import Order
from orders.services import LineChange
from reviews import services
from reviews.models import ChangeRequest, Notice, Round
from reviews.services import ChangeInput
from tests.cast import Cast
from tests.cast_production import producing
from tests.cast_reviews import HEADS, day, signed
from tests.cast_shipping import again


def more(order: Order, quantity: str = "1200", n: int = 1, **changes: Any) -> LineChange:
    """第几行数量改成多少。"""
    return LineChange(order.lines_now[n - 1].pk, quantity=Decimal(quantity), **changes)


def change_input(order: Order, *lines: LineChange, **changes: Any) -> ChangeInput:
    """客户来函：第 1 行加到 1,200。"""
    given: dict[str, Any] = {"reason": "客户追加", "basis": "11-20 更改函"}
    if not changes.get("cancel"):
        given["lines"] = lines or [more(order)]
    return ChangeInput(**(given | changes))


def requested(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> ChangeRequest:
    """更改申请的草稿。"""
    order = again(order or producing(cast))
    return services.request_change(order, change_input(order, *lines, **changes), actor=cast.xiaoli)


def submitted(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> ChangeRequest:
    """提交了，等主任组织评审。"""
    return services.submit_change(requested(cast, order, *lines, **changes), actor=cast.xiaoli)


def reviewing(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> Round:
    """更改的评审开始了，有关部门还没有答。"""
    change = submitted(cast, order, *lines, **changes)
    return services.open_change_round(change, "distributed", actor=cast.laowang, reason="客户追加")


def agreed(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> ChangeRequest:
    """更改评审通过，待编通知单；只动钱的不用评审，主任同意。"""
    change = submitted(cast, order, *lines, **changes)
    if not change.departments.exists():
        return fresh(services.agree_without_review(change, "毛利够", actor=cast.laowang))
    opened = services.open_change_round(change, "distributed", actor=cast.laowang, reason="客户追加")
    review = signed(cast, opened)
    services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(22))
    return fresh(review.change)


def drafted(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> Notice:
    """通知单（更改）编好了，等总经理签。"""
    return services.create_change_notice(agreed(cast, order, *lines, **changes), actor=cast.xiaoli)


def effective(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> Notice:
    """通知单（更改）签了：更改生效，旧单作废，新单待发放。"""
    return services.sign_notice(drafted(cast, order, *lines, **changes), actor=cast.gm)


def reissued(cast: Cast, order: Order | None = None, *lines: LineChange, **changes: Any) -> Notice:
    """新的一版发到了各部门，也签收了；旧的还没有交回。"""
    notice = services.issue_notice(effective(cast, order, *lines, **changes), actor=cast.xiaoli)
    for copy in notice.copies.select_related("notice__order", "department"):
        services.acknowledge_copy(copy, actor=getattr(cast, HEADS[copy.department.code]))
    return read(notice)


def fresh(change: ChangeRequest | None) -> ChangeRequest:
    """更改申请，重新读。"""
    assert change is not None
    found: ChangeRequest = ChangeRequest.objects.select_related("order__team", "order__business_kind").get(pk=change.pk)
    return found


def read(notice: Notice) -> Notice:
    """通知单，重新读。"""
    found: Notice = Notice.objects.select_related("order__team", "change_of", "change", "round").get(pk=notice.pk)
    return found
