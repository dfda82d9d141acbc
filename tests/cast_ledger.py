"""Money walked from the goods to the bank, by the services and the people who do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger import services
from ledger.models import Allocation, AllocationLine, Invoice, Payment
from ledger.services import AllocationInput, InvoiceInput, InvoiceLineInput, PaymentInput, RedInput
from orders import services as orders
from orders.models import Order
from parties.models import User
from shipping import services as shipping
from shipping.events import GoodsDispatched, GoodsReturned, LineDispatched, LineReturned
from shipping.models import Delivery, DeliveryLine, Return, ReturnLine
from shipping.services import DeliveryInput, LineInput
from tests.cast import Cast, accepted
from tests.cast_shipping import again, delivered, line_of
from workflow import clock
from workflow.events import announce
from workflow.machine import begin

Amounts = Iterable[tuple[int, str]]
BOTH = ((1, "1000"), (2, "500"))
TOTAL = Decimal("14100.00")


# --- goods out, told to the ledger without walking the whole shop -----------------------------------------------------
def sent(
    cast: Cast, order: Order, *amounts: tuple[int, str], on: dt.date | None = None, by: User | None = None
) -> Delivery:
    """台账听说这些行发出了（按行号与数量）：送货单只是草稿，台账不问。"""
    lines = [LineInput(order_line=line_of(order, n), quantity=Decimal(quantity)) for n, quantity in amounts or BOTH]
    given = DeliveryInput(customer=order.customer, lines=lines)
    delivery = shipping.create_delivery(given, actor=by or cast.xiaoli)
    day = on or clock.today()
    facts = tuple(
        LineDispatched(order.pk, line.order_line_id, line.pk, delivery.pk, line.quantity, Decimal(0), day,
                       actor_id=cast.warehouse.pk)
        for line in delivery.lines_now
    )  # fmt: skip
    announce(GoodsDispatched(delivery.pk, day, facts))
    return delivery


def shipped(cast: Cast, *amounts: tuple[int, str], on: dt.date | None = None, **changes: Any) -> Order:
    """一张受理了的业务单，货已记在台账上。"""
    order = accepted(cast, **changes)
    sent(cast, order, *amounts, on=on)
    return again(order)


def came_back(cast: Cast, delivery: Delivery, n: int, quantity: Decimal | str, kind: str = "credit") -> None:
    """台账听说这张送货单的第几行退回了多少：退货单只是登记，台账不问。"""
    line = DeliveryLine.objects.get(delivery=delivery, position=n)
    back = Return(delivery=delivery, order=delivery.order, kind=kind, reason="外观不良", registered_by=cast.xiaoli)
    begin(back, actor=cast.xiaoli, label="登记退货", article="第五章，退货", rule="A56")
    row = ReturnLine.objects.create(
        document=back, position=1, delivery_line=line, order_line_id=line.order_line_id, quantity=Decimal(quantity)
    )
    fact = LineReturned(
        line.order_id, row.order_line_id, line.pk, delivery.pk, back.pk, row.pk, row.quantity, kind, clock.today(),
        actor_id=cast.warehouse.pk,
    )  # fmt: skip
    announce(GoodsReturned(back.pk, clock.today(), kind, (fact,)))


# --- invoices ---------------------------------------------------------------------------------------------------------
def invoice_input(order: Order, *amounts: tuple[int, str], number: str = "", **changes: Any) -> InvoiceInput:
    """开这些行（按行号与数量）的一张发票。"""
    lines = [InvoiceLineInput(line_of(order, n), Decimal(quantity)) for n, quantity in amounts or BOTH]
    number = number or f"FP{order.pk}-{Invoice.objects.count() + 1}"
    given: dict[str, Any] = {"customer": order.customer, "number": number, "date": clock.today(), "lines": lines}
    return InvoiceInput(**(given | changes))


def drafted(cast: Cast, order: Order, *amounts: tuple[int, str], **changes: Any) -> Invoice:
    """发票草稿。"""
    return services.create_invoice(invoice_input(order, *amounts, **changes), actor=cast.finance)


def invoiced(cast: Cast, order: Order, *amounts: tuple[int, str], **changes: Any) -> Invoice:
    """发票开出了。"""
    return services.issue_invoice(drafted(cast, order, *amounts, **changes), actor=cast.finance)


def taken_back(cast: Cast, invoice: Invoice, *amounts: tuple[int, str]) -> Invoice:
    """红字发票开出了；没写行就整张冲。"""
    first = invoice.lines_now[0].order
    lines = [InvoiceLineInput(line_of(first, n), Decimal(quantity)) for n, quantity in amounts]
    given = RedInput(f"{invoice.number}R{Invoice.objects.count()}", clock.today(), "客户退货", lines)
    red = services.create_red_invoice(afresh(invoice), given, actor=cast.finance)
    return services.issue_invoice(red, actor=cast.finance)


def afresh(invoice: Invoice) -> Invoice:
    """发票，重新读。"""
    found: Invoice = Invoice.objects.select_related("customer", "red_of").get(pk=invoice.pk)
    return found


# --- payments ---------------------------------------------------------------------------------------------------------
def payment_input(payer: Order, amount: Decimal | str, /, *targets: AllocationInput, **changes: Any) -> PaymentInput:
    """这个客户的一笔收款。"""
    given: dict[str, Any] = {"customer": payer.customer, "date": clock.today(), "amount": Decimal(amount)}
    return PaymentInput(**(given | {"allocations": targets} | changes))


def registered(
    cast: Cast, payer: Order, amount: Decimal | str, /, *targets: AllocationInput, **changes: Any
) -> Payment:
    """登记了的收款，还没确认。"""
    return services.register_payment(payment_input(payer, amount, *targets, **changes), actor=cast.finance)


def paid(cast: Cast, payer: Order, amount: Decimal | str, /, *targets: AllocationInput, **changes: Any) -> Payment:
    """确认了的收款。"""
    return services.confirm_payment(registered(cast, payer, amount, *targets, **changes), actor=cast.finance)


def deposited(cast: Cast, order: Order, amount: Decimal | str) -> Payment:
    """确认了的定金。"""
    return paid(cast, order, amount, kind="deposit", order=order)


def on(invoice: Invoice, amount: Decimal | str) -> AllocationInput:
    """分到这张发票多少。"""
    return AllocationInput(Decimal(amount), invoice=invoice)


def against(order: Order, amount: Decimal | str) -> AllocationInput:
    """分到这张业务单多少。"""
    return AllocationInput(Decimal(amount), order=order)


def placed(payment: Payment) -> list[tuple[int, int | None, Decimal]]:
    """一笔收款落在哪些行上：（业务单行号，发票行，金额），照记账的先后。"""
    rows = AllocationLine.objects.filter(allocation__payment=payment.pk).order_by("id")
    return [(row.order_line.position, row.invoice_line_id, row.amount) for row in rows.select_related("order_line")]


def given_out(payment: Payment) -> Decimal:
    """一笔收款分出去多少。"""
    return sum((one.amount for one in Allocation.objects.filter(payment=payment.pk)), Decimal(0))


# --- the whole way ----------------------------------------------------------------------------------------------------
def collected(cast: Cast, order: Order | None = None, **changes: Any) -> Order:
    """货发完签收，票开清，款收齐，等结案。"""
    delivery = delivered(cast, order, **changes)
    order = again(delivery.orders_now[0])
    orders.finish_shipping(order, actor=cast.xiaoli)
    invoice = invoiced(cast, order)
    paid(cast, order, invoice.amount, on(invoice, invoice.amount))
    return again(order)


def completed(cast: Cast, order: Order | None = None, **changes: Any) -> Order:
    """结案了。"""
    return orders.complete_order(collected(cast, order, **changes), actor=cast.laowang)
