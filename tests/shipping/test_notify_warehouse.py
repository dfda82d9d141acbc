"""通知仓库（A54）：取号，发货通知单归档，仓库从此看得见。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import Order
from papers.models import Paper
from shipping import services
from shipping.models import Delivery
from tests.cast import Cast, draft
from tests.cast_production import shipping_ready
from tests.cast_shipping import confirmed, drafted, notified
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A54")
def test_it_takes_its_number_and_the_notice_is_filed(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = notified(cast, order)

    assert (delivery.state, delivery.number[:2], delivery.notified_by) == ("notified", "SH", cast.xiaoli)
    paper = Paper.objects.of(delivery.about).get()
    assert (paper.kind, paper.number) == ("dispatch_notice", delivery.number)
    lines = [(line["order_number"], line["quantity"], line["inspection"]) for line in paper.content["lines"]]
    ids = [line.pk for line in order.lines_now]
    assert lines == [(order.number, "1000", f"J{ids[0]}"), (order.number, "500", f"J{ids[1]}")]
    assert [one["how"] for one in paper.content["confirmations"]] == ["电话", "邮件"]


@pytest.mark.rule("A54")
def test_the_warehouse_sees_the_order_from_now_on(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = drafted(cast, order)
    assert not Delivery.objects.visible_to(cast.warehouse).exists()

    services.notify_warehouse(delivery, actor=cast.xiaoli)

    assert Delivery.objects.visible_to(cast.warehouse).get().pk == delivery.pk
    assert Order.objects.visible_to(cast.warehouse).get() == order


@pytest.mark.rule("A54")
def test_an_order_that_is_not_produced_yet_has_nothing_to_send(cast: Cast) -> None:
    order = draft(cast)

    with pytest.raises(Blocked) as blocked:
        services.notify_warehouse(drafted(cast, order), actor=cast.xiaoli)

    assert [(one.rule, one.words) for one in blocked.value.refusals] == [
        ("A54", f"业务单 {order.number} 现在是「登记」，还不能发货")
    ]
    assert Delivery.objects.get().formal_number is None


@pytest.mark.rule("A3")
def test_only_its_coordinator_or_the_supervisor_may(cast: Cast) -> None:
    delivery = confirmed(cast, drafted(cast, shipping_ready(cast)))

    for person in (cast.xiaochen, cast.warehouse, cast.director):
        with pytest.raises(PermissionDenied):
            services.notify_warehouse(delivery, actor=person)
    assert services.notify_warehouse(delivery, actor=cast.laowang).state == "notified"


@pytest.mark.rule("A54")
def test_it_is_notified_once(cast: Cast) -> None:
    delivery = notified(cast)

    with pytest.raises(WrongState, match="已通知仓库"):
        services.notify_warehouse(delivery, actor=cast.xiaoli)
