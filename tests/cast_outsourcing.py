"""An operation sent out: planned, ordered, at the processor, back, reconciled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from config.demo.partners import make_processors
from orders.models import Order
from outsourcing import services
from outsourcing.models import MaterialIssue, OutsourcingOrder, OutsourcingPlan, Processor, Receipt
from outsourcing.services import MaterialInput, OutsourcedLine, OutsourcingInput, PlanInput, PlannedLine, ReceiptInput
from tests.cast import Cast
from tests.cast_production import producing
from workflow import clock


def processor(code: str = "W003") -> Processor:
    """一家加工商；第一次要时写下演示公司的几家。"""
    if not Processor.objects.exists():
        make_processors()
    return Processor.objects.get(code=code)


def outsourced_line(order: Order, position: int = 1, **changes: Any) -> OutsourcedLine:
    """一行覆膜，1,000 件、每件 0.35 元。"""
    line = order.lines_now[position - 1]
    given = {"line": line.pk, "operation": "覆膜", "quantity": Decimal(1000), "unit_price": Decimal("0.35")}
    return OutsourcedLine(**(given | changes))


def outsourcing_input(order: Order, **changes: Any) -> OutsourcingInput:
    """第 1 行覆膜外发给 W003。"""
    given: dict[str, Any] = {"processor": processor(), "delivery_date": clock.today() + dt.timedelta(days=5)}
    if "lines" not in changes:
        given["lines"] = [outsourced_line(order)]
    return OutsourcingInput(**(given | changes))


def made(cast: Cast, order: Order | None = None, **changes: Any) -> OutsourcingOrder:
    """开好了，等主任批准。"""
    order = order or producing(cast)
    return services.create_outsourcing(order, outsourcing_input(order, **changes), actor=cast.xiaoli)


def approved(cast: Cast, order: Order | None = None, **changes: Any) -> OutsourcingOrder:
    """批准了，等发出。"""
    return services.approve_outsourcing(made(cast, order, **changes), actor=cast.laowang)


def sent(cast: Cast, order: Order | None = None, **changes: Any) -> OutsourcingOrder:
    """发给加工商了。"""
    return services.send_outsourcing(approved(cast, order, **changes), actor=cast.xiaoli)


def issued_material(cast: Cast, document: OutsourcingOrder, amount: str = "1050", **changes: Any) -> MaterialIssue:
    """物控发了一次料。"""
    given = MaterialInput(**({"material": "铜版纸印张", "quantity": Decimal(amount), "unit": "张"} | changes))
    return services.issue_material(document, given, actor=cast.material)


def came_back(cast: Cast, document: OutsourcingOrder, accepted: str, rework: str = "0", **changes: Any) -> Receipt:
    """收回一批：合格若干、返工若干。"""
    good, bad = Decimal(accepted), Decimal(rework)
    given = ReceiptInput(**({"received": good + bad, "accepted": good, "rework": bad} | changes))
    return services.receive_goods(document, given, actor=cast.material)


def received(cast: Cast, order: Order | None = None) -> OutsourcingOrder:
    """收完了，等对账。"""
    document = sent(cast, order)
    came_back(cast, document, "1000")
    return services.finish_receiving(document, actor=cast.xiaoli)


def reconciled(cast: Cast, order: Order | None = None) -> OutsourcingOrder:
    """对过账，等财务结算。"""
    return services.reconcile_outsourcing(received(cast, order), actor=cast.laowang)


def planned(cast: Cast, order: Order | None = None) -> OutsourcingPlan:
    """制造部提出外发，等计划部批准。"""
    order = order or producing(cast)
    line = PlannedLine(order.lines_now[0].pk, "覆膜", Decimal(1000))
    return services.create_plan(order, PlanInput([line]), actor=cast.printing_mfg)
