"""任意一串发货、退货、开票、红字、收款、退款、冲销（A62、I3、I6、I7）：台账与一个朴素的模型一步一步相同，自证不出差异。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger import services
from ledger.balances import Balance, lines_of
from ledger.models import Invoice, Payment
from ledger.proof import inside
from orders.models import Order
from shipping.models import Delivery
from tests.cast import Cast, accepted, line_input
from tests.cast_ledger import came_back, drafted, invoiced, on, paid, sent, taken_back
from tests.cast_shipping import again
from workflow.guards import Blocked

CENT = Decimal("0.01")
PRICES = ("0.3337", "12.505")
VERBS = (
    "dispatch",
    "credit",
    "replace",
    "invoice",
    "red",
    "pay",
    "deposit",
    "refund",
    "reverse",
    "too_much",
    "overpay",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, 2), st.integers(1, 1000)), min_size=30, max_size=30)


@dataclass
class Line:
    """What a clerk with a pencil would note of one line."""

    price: Decimal
    sent: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    invoiced_quantity: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)

    @property
    def worth(self) -> Decimal:
        return ((self.sent - self.credited) * self.price).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Clerk:
    """The order by pencil, and the documents that were really made."""

    cast: Cast
    order: Order
    lines: dict[int, Line]
    received: Decimal = Decimal(0)
    deliveries: list[tuple[Delivery, int, Decimal]] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)

    def dispatch(self, n: int, mille: int) -> None:
        self.deliveries.append((sent(self.cast, self.order, (n, str(mille))), n, Decimal(mille)))
        self.lines[n].sent += mille

    def credit(self, n: int, mille: int, kind: str = "credit") -> None:
        if not self.deliveries:
            return
        delivery, n, quantity = self.deliveries.pop()
        part = (quantity * mille / 1000).quantize(Decimal("0.001"))
        came_back(self.cast, delivery, 1, part, kind)
        self.lines[n].back += part
        self.lines[n].credited += part if kind == "credit" else 0

    def replace(self, n: int, mille: int) -> None:
        self.credit(n, mille, "replace")

    def invoice(self, n: int, mille: int) -> None:
        line = self.lines[n]
        left = line.sent - line.credited - line.invoiced_quantity
        part = (left * mille / 1000).quantize(Decimal("0.001"))
        if part <= 0:
            return
        worth = (part * line.price).quantize(CENT, ROUND_HALF_UP)
        due = line.worth - line.invoiced if part == left else max(min(worth, line.worth - line.invoiced), Decimal(0))
        if due < 0:
            return
        made = invoiced(self.cast, self.order, (n, str(part)))
        assert made.amount == due
        self.invoices.append(made)
        line.invoiced_quantity += part
        line.invoiced += due

    def red(self, n: int, mille: int) -> None:
        if not self.invoices:
            return
        original = self.invoices.pop(mille % len(self.invoices))
        taken = taken_back(self.cast, original)
        line = self.lines[taken.lines_now[0].order_line.position]
        line.invoiced_quantity += taken.lines_now[0].quantity
        line.invoiced += taken.amount
        assert taken.amount == -original.amount

    def pay(self, n: int, mille: int) -> None:
        if not self.invoices:
            return
        invoice = self.invoices[mille % len(self.invoices)]
        part = (invoice.amount * mille / 1000).quantize(CENT, ROUND_HALF_UP)
        self.try_to_pay(part, on(invoice, part))

    def deposit(self, n: int, mille: int) -> None:
        self.try_to_pay(Decimal(mille), order=self.order, kind="deposit")

    def try_to_pay(self, part: Decimal, *targets: Any, **changes: Any) -> None:
        try:
            with transaction.atomic():
                payment = paid(self.cast, self.order, part, *targets, **changes)
        except (Blocked, ValidationError):
            return
        self.payments.append(payment)
        self.received += payment.sign * part

    def refund(self, n: int, mille: int) -> None:
        self.try_to_pay(Decimal(mille), order=self.order, kind="refund")

    def reverse(self, n: int, mille: int) -> None:
        if not self.payments:
            return
        payment = self.payments[mille % len(self.payments)]
        try:
            with transaction.atomic():
                services.reverse_payment(payment, "银行退票", actor=self.cast.finance)
        except Blocked:
            return
        self.payments.remove(payment)
        self.received -= payment.sign * payment.amount

    def too_much(self, n: int, mille: int) -> None:
        line = self.lines[n]
        left = max(line.sent - line.credited - line.invoiced_quantity, Decimal(0))
        with pytest.raises(ValidationError), transaction.atomic():
            drafted(self.cast, self.order, (n, str(left + Decimal("0.001"))))

    def overpay(self, n: int, mille: int) -> None:
        goal = sum((max(line.worth, (1000 * line.price).quantize(CENT)) for line in self.lines.values()), Decimal(0))
        before = self.received
        self.try_to_pay(max(goal - self.received, Decimal(0)) + CENT, order=self.order)
        assert self.received == before

    def agrees(self) -> Iterator[str]:
        total = Balance()
        for row, balance in lines_of(self.order):
            line = self.lines[row.position]
            seen = (balance.shipped, balance.returned, balance.shipped_amount, balance.to_invoice, balance.uninvoiced)
            noted = (line.sent, line.back, line.worth, line.sent - line.credited - line.invoiced_quantity,
                     line.worth - line.invoiced)  # fmt: skip
            if seen != noted:
                yield f"line {row.position}: {seen} but {noted}"
            total = total.plus(balance)
        if total.received != self.received:
            yield f"received {total.received} but {self.received}"
        if not 0 <= total.settled <= total.invoiced:
            yield f"settled {total.settled} of {total.invoiced}"


@pytest.mark.walk
@pytest.mark.rule("A62")
@settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=STEPS)
def test_the_ledger_agrees_with_the_pencil_after_every_step(cast: Cast, steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        order = again(
            accepted(cast, lines=[line_input("P001", "1000", PRICES[0]), line_input("P002", "1000", PRICES[1])])
        )
        clerk = Clerk(cast, order, {n: Line(Decimal(price)) for n, price in enumerate(PRICES, start=1)})
        for verb, n, mille in steps:
            getattr(clerk, verb)(n, mille)
            assert list(clerk.agrees()) == []
        assert list(inside()) == []
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        transaction.set_rollback(True)
