"""退回补充（第六条，A6.1e）：理由必写，意见写在栏目旁，只加不改，时间线上看得见。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Order, OrderReturn, ReturnRemark, State
from orders.remarks import standing_return
from tests.caller import Caller
from tests.cast import Cast, draft, order_input, submitted
from workflow.guards import WrongState
from workflow.history import AppendOnlyError
from workflow.models import TransitionLog

PACKING = {"requirements.packing": "没有写每箱数量", "lines.1.specification": "A4 还是 A5？"}


@pytest.mark.rule("A6.1e")
def test_remarks_are_tied_to_their_fields(cast: Cast) -> None:
    order = services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks=PACKING)

    assert (order.state, order.returned_reason) == (State.DRAFT, "要求不全")
    kept = [(one.field, one.label, one.words, one.line_id) for one in ReturnRemark.objects.order_by("pk")]
    assert kept == [
        ("requirements.packing", "包装要求", "没有写每箱数量", None),
        ("lines.1.specification", "第 2 行「宣传海报」规格", "A4 还是 A5？", order.lines_now[1].pk),
    ]


@pytest.mark.rule("A6.1e", "B8")
def test_the_timeline_says_them_all(cast: Cast) -> None:
    services.return_to_coordinator(submitted(cast), "要求不全。", actor=cast.laowang, remarks=PACKING)
    row = TransitionLog.objects.get(move="return_to_coordinator")
    assert row.reason == "要求不全；包装要求：没有写每箱数量；第 2 行「宣传海报」规格：A4 还是 A5？"


@pytest.mark.rule("A6.1e")
def test_they_stand_until_the_order_is_submitted_again(cast: Cast) -> None:
    order = services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks=PACKING)
    returned = standing_return(order)
    assert returned is not None
    assert [remark.words for remark in returned.remarks.all()] == list(PACKING.values())
    order = services.submit_order(order, actor=cast.xiaoli)
    assert standing_return(order) is None
    assert standing_return(services.withdraw_order(order, actor=cast.xiaoli)) is None


@pytest.mark.rule("A6.1e")
def test_a_reason_is_asked_even_with_remarks(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="理由"):
        services.return_to_coordinator(submitted(cast), " ", actor=cast.laowang, remarks=PACKING)
    assert not OrderReturn.objects.exists()


@pytest.mark.rule("A6.1e")
@pytest.mark.parametrize("field", ["lines.2.quantity", "lines.0.amount", "state", "requirements.nonsense", ""])
def test_a_remark_on_nothing_is_refused(cast: Cast, field: str) -> None:
    with pytest.raises(ValidationError, match="没有「"):
        services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks={field: "？"})
    assert Order.objects.get().state == State.SUBMITTED
    assert not OrderReturn.objects.exists()


@pytest.mark.rule("A6.1e")
def test_who_may_not_and_where_it_is_not_submitted(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.xiaochen)
    with pytest.raises(WrongState):
        services.return_to_coordinator(draft(cast), "要求不全", actor=cast.laowang)
    own = services.submit_order(services.create_order(order_input(), actor=cast.laowang), actor=cast.laowang)
    with pytest.raises(PermissionDenied, match="自己提交的单"):
        services.return_to_coordinator(own, "要求不全", actor=cast.laowang)
    assert not OrderReturn.objects.exists()


@pytest.mark.rule("A6.1e")
def test_a_return_is_never_rewritten(cast: Cast) -> None:
    services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks=PACKING)
    for row in (OrderReturn.objects.get(), ReturnRemark.objects.first()):
        with pytest.raises(AppendOnlyError):
            row.save()


@pytest.mark.rule("A6.1e")
def test_a_line_that_went_leaves_its_remark(cast: Cast) -> None:
    order = services.return_to_coordinator(submitted(cast), "要求不全", actor=cast.laowang, remarks=PACKING)
    kept = order_input(lines=[order_input().lines[0]])
    services.edit_order(order, kept, actor=cast.xiaoli)
    assert ReturnRemark.objects.filter(label__startswith="第 2 行").exists()


@pytest.mark.rule("A6.1e")
def test_the_api_takes_remarks(cast: Cast) -> None:
    number = submitted(cast).number
    wang = Caller(cast.laowang)
    path = f"orders/{number}/return-to-coordinator/"
    refused = wang.post(path, {"reason": "要求不全", "remarks": {"nonsense": "？"}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "remarks.nonsense")
    assert wang.post(path, {"reason": "要求不全", "remarks": PACKING}).json()["state"] == "draft"
    assert ReturnRemark.objects.count() == 2
