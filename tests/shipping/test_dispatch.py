"""发出（第五章，A51–A54）：两次确认、合格在库、不超订货、款项过关，货才出门。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from orders.services import authorise_over
from shipping import services
from shipping.models import Delivery, StoreEntry
from shipping.selectors import net_shipped
from tests.cast import Cast, line_input
from tests.cast_production import producing, shipping_ready
from tests.cast_shipping import (
    afresh,
    carrier,
    confirmed,
    day,
    drafted,
    in_store,
    line_of,
    notified,
)
from workflow.guards import Blocked, WrongState
from workflow.models import OutboxMessage, TransitionLog


def dispatch(cast: Cast, delivery: Delivery) -> Delivery:
    return services.dispatch_delivery(delivery, actor=cast.warehouse, waybill="SF0001")


def refused(cast: Cast, delivery: Delivery) -> list[tuple[str, str]]:
    with pytest.raises(Blocked) as blocked:
        dispatch(cast, delivery)
    return [(refusal.rule, refusal.words) for refusal in blocked.value.refusals]


@pytest.mark.rule("A54")
def test_the_warehouse_dispatches_and_the_store_goes_down(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = dispatch(cast, notified(cast, order, carrier=carrier()))

    assert (delivery.state, delivery.waybill, delivery.dispatched_by) == ("dispatched", "SF0001", cast.warehouse)
    standing = net_shipped([line_of(order, 1)])[line_of(order, 1).pk]
    assert (standing.shipped, standing.physical, standing.stored) == (Decimal(1000), Decimal(1000), Decimal(0))
    step = TransitionLog.objects.filter(subject_type="shipping_delivery", subject_id=delivery.pk).latest("version")
    assert (step.move, step.source, step.target, step.chain) == (
        "dispatch",
        "notified",
        "dispatched",
        f"orders_order:{order.pk}",
    )


@pytest.mark.rule("A54")
def test_the_salesperson_is_told_by_the_outbox(cast: Cast) -> None:
    delivery = dispatch(cast, notified(cast))

    message = OutboxMessage.objects.get(kind="shipping.dispatched")
    assert (message.aggregate, message.payload) == (delivery.about, {"delivery": delivery.pk})


@pytest.mark.rule("A52")
def test_it_waits_for_two_confirmations(cast: Cast) -> None:
    order = shipping_ready(cast)

    none = refused(cast, notified(cast, order, times=0))
    one = refused(cast, notified(cast, order, times=1))

    assert [rule for rule, _words in none + one] == ["A52", "A52"]
    assert "要两次" in none[0][1]
    assert "还差一次" in one[0][1]


@pytest.mark.rule("A52")
def test_a_changed_date_asks_for_both_again(cast: Cast) -> None:
    delivery = notified(cast)
    services.confirm_arrival(delivery, day(3), "刘婷", "电话", actor=cast.xiaoli)

    assert [rule for rule, _words in refused(cast, delivery)] == ["A52"]
    services.confirm_arrival(delivery, day(3), "刘婷", "电话", actor=cast.xiaoli)
    assert dispatch(cast, delivery).state == "dispatched"


@pytest.mark.rule("A52")
def test_a_confirmed_day_that_has_passed_does_not_count(cast: Cast) -> None:
    delivery = notified(cast)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3)):
        assert [rule for rule, _words in refused(cast, delivery)] == ["A52"]


@pytest.mark.rule("A51")
def test_what_did_not_pass_inspection_stays(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "300"))

    found = refused(cast, notified(cast, order, amounts=[(1, "400")]))

    assert found == [("A51", "第 1 行「产品画册」要发 400 本，成品库只有检验合格的 300 本")]
    assert not StoreEntry.objects.filter(kind="dispatched").exists()


@pytest.mark.rule("A54")
def test_part_of_it_may_go_while_the_rest_is_made(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "300"))

    assert dispatch(cast, notified(cast, order, amounts=[(1, "300")])).state == "dispatched"


@pytest.mark.rule("E7")
def test_spare_goods_leave_the_store_too(cast: Cast) -> None:
    order = in_store(cast, producing(cast, lines=[line_input(spare_quantity=Decimal(20))]), (1, "1010"))
    line = line_of(order, 1)
    given = services.LineInput(order_line=line, quantity=Decimal(1000), spare_quantity=Decimal(10))
    dispatch(cast, notified(cast, order, amounts=[], lines=[given]))

    standing = net_shipped([line])[line.pk]
    assert (standing.shipped, standing.spared, standing.stored) == (Decimal(1000), Decimal(10), Decimal(0))


@pytest.mark.rule("A54")
def test_more_than_the_tolerance_needs_the_director(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1100"))
    delivery = notified(cast, order, amounts=[(1, "1031")])

    found = refused(cast, delivery)
    assert found == [("A54", "第 1 行「产品画册」发完共 1,031 本，订 1,000，连溢装最多 1,030；再多要总监授权")]
    authorise_over(line_of(order, 1), Decimal(1), "客户同意多收", actor=cast.director)
    assert dispatch(cast, delivery).state == "dispatched"


@pytest.mark.rule("A54")
def test_spare_beyond_what_was_agreed_counts_as_over(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1100"))
    given = services.LineInput(order_line=line_of(order, 1), quantity=Decimal(1000), spare_quantity=Decimal(31))

    assert [rule for rule, _words in refused(cast, notified(cast, order, amounts=[], lines=[given]))] == ["A54"]


@pytest.mark.rule("A54")
def test_the_papers_the_customer_wants_go_along(cast: Cast) -> None:
    delivery = notified(cast)
    type(delivery.customer).objects.filter(pk=delivery.customer_id).update(accompanying_papers=["产品说明书", "合格证"])

    assert [words for _rule, words in refused(cast, afresh(delivery))] == [
        "客户要求随货的「产品说明书」还没有核对",
        "客户要求随货的「合格证」还没有核对",
    ]
    names = ["合格证", "产品说明书"]
    done = services.dispatch_delivery(afresh(delivery), actor=cast.warehouse, enclosed=names)
    assert (done.state, done.enclosed) == ("dispatched", ["产品说明书", "合格证"])


@pytest.mark.rule("A54")
def test_only_warehouse_and_material_control_dispatch(cast: Cast) -> None:
    delivery = notified(cast)

    for person in (cast.xiaoli, cast.printing_qc, cast.director):
        with pytest.raises(PermissionDenied):
            services.dispatch_delivery(delivery, actor=person)
    assert services.dispatch_delivery(delivery, actor=cast.material).state == "dispatched"


@pytest.mark.rule("A54")
def test_a_draft_is_not_dispatched_nor_anything_twice(cast: Cast) -> None:
    delivery = confirmed(cast, drafted(cast, shipping_ready(cast)))
    with pytest.raises(WrongState, match="草稿"):
        dispatch(cast, delivery)

    delivery = dispatch(cast, services.notify_warehouse(delivery, actor=cast.xiaoli))
    with pytest.raises(WrongState, match="已发出"):
        dispatch(cast, delivery)
    assert StoreEntry.objects.filter(kind="dispatched").count() == 2
