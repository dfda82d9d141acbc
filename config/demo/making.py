"""From the start of production to the last payment (第二章、第五章、第六章): each `yield` is the next act's moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.samples import retain
from config.demo.walk import HEADS, Walk
from ledger import services as ledger
from ledger.services import AllocationInput, InvoiceInput, InvoiceLineInput, PaymentInput
from orders import services as orders
from production import services as production
from production.services import InspectionInput, LineDone, VisitInput
from reviews import services as reviews
from reviews.models import Answer
from shipping import services as shipping
from shipping.models import Carrier, Delivery
from shipping.services import DeliveryInput, LineInput
from workflow import clock
from workflow.guards import Blocked

DONE_STEPS = ("备料", "印刷", "印刷", "后加工", "包装")
HALF_STEPS = ("备料", "备料", "印刷", "印刷", "印刷", "印刷", "后加工", "后加工")


class Making(Walk):
    """生产跟进、发货、收款。"""

    @property
    def never_owes(self) -> bool:
        """C001 pays on dispatch: whoever tries the API with it is never stopped by an old debt."""
        return self.order.customer.code == "C001"

    def produce(self) -> Iterator[dt.datetime]:
        """补登原件、补签、投产、巡查、检验。"""
        if not self.far("producing"):
            return
        if self.order.original_pending and not self.plan.chased:
            yield self.pace.on(0, "09:40")
            orders.register_original(self.order, clock.today(), actor=self.li)
        for answer in Answer.objects.filter(round__order_id=self.order.pk, state="proxy_signed"):
            yield self.pace.on(0, "10:00")
            reviews.countersign(answer, actor=self.people[HEADS[answer.department.code]])
        if self.order.payment_terms == "deposit_30":
            yield self.pace.on(0, "10:30")
            self.pay(self.fresh().amount * Decimal("0.3"), kind="deposit")
        yield self.pace.on(0, "11:10")
        self.order = orders.start_production(self.fresh(), actor=self.li)
        if self.far("halfway"):
            yield from self.visits()
        if self.far("inspected"):
            yield self.pace.on(1, "15:00")
            self.inspect()
        if self.far("shipping"):
            yield self.pace.on(0, "16:50")
            self.order = orders.finish_production(self.fresh(), actor=self.li)

    def visits(self) -> Iterator[dt.datetime]:
        """每个工作日巡查，累计数量一路往上。"""
        steps = DONE_STEPS if self.far("inspected") else HALF_STEPS
        for place, process in enumerate(steps, start=1):
            share = Decimal(place) / (5 if self.far("inspected") else 10)
            lines = [LineDone(line.pk, (line.quantity * share).quantize(Decimal(1))) for line in self.lines()]
            last = place == len(steps)
            yield self.pace.on(1, "09:20" if place % 2 else "14:40")
            trouble = self.plan.risk if last else ""
            note = {"risk": "覆膜机停机半天，正在追。", "late": "2 号机换墨辊，预计晚 2 天。"}.get(trouble, "正常。")
            given = VisitInput(lines=lines, process=process, schedule=trouble or "ok", note=note)
            production.visit_order(self.fresh(), given, actor=self.li)

    def inspect(self) -> None:
        """品质检验：合格数入成品库。"""
        order = self.fresh()
        for line in self.lines():
            kind = (line.business_kind or order.business_kind).code
            inspector = self.people["printing_qc" if kind == "printing" else "paper_qc"]
            given = InspectionInput(
                line=line.pk, accepted=line.quantity, report_no=f"JY-{order.pk:04d}-{line.position}"
            )
            production.inspect_line(order, given, actor=inspector)

    def ship(self) -> Iterator[dt.datetime]:
        """送货单、两次确认、发出、回单。"""
        if not self.far("confirmed"):
            return
        retain(self.order, actor=self.li)
        yield self.pace.on(1, "09:05")
        lines = [LineInput(order_line=line, quantity=line.quantity) for line in self.lines()]
        carrier = Carrier.objects.get(code="L001")
        delivery = shipping.create_delivery(DeliveryInput(self.order.customer, lines, carrier=carrier), actor=self.li)
        arrival = timezone.localdate(self.pace.moment) + dt.timedelta(days=3)
        for time, how in (("09:40", "电话"), ("14:10", "邮件"))[: 2 if self.far("notified") else 1]:
            yield self.pace.on(0, time)
            shipping.confirm_arrival(delivery, arrival, "客户采购", how, actor=self.li, said="收货时间没问题。")
        if self.far("notified"):
            yield self.pace.on(0, "15:20")
            delivery = shipping.notify_warehouse(self.again(delivery), actor=self.li)
        if self.far("dispatched"):
            yield from self.send(delivery)

    def send(self, delivery: Delivery) -> Iterator[dt.datetime]:
        """款到发货的先收款；仓库发出，客户签收。"""
        if self.order.payment_terms in {"prepaid", "deposit_30"}:
            yield self.pace.on(0, "16:00")
            due = self.order.amount * (Decimal("0.7") if self.order.payment_terms == "deposit_30" else 1)
            self.pay(due, order=True)
        yield self.pace.on(1, "08:50")
        delivery = self.dispatch(delivery)
        if self.never_owes:
            self.pay(self.order.amount, order=True)
        if self.far("collecting"):
            yield self.pace.on(2, "10:30")
            today = clock.today()
            shipping.deliver_delivery(self.again(delivery), actor=self.li, signed_by="客户仓库", signed_on=today)
            if self.order.payment_terms == "cod":
                self.pay(self.order.amount, order=True)
            yield self.pace.on(0, "11:00")
            self.order = orders.finish_shipping(self.fresh(), actor=self.li)

    def dispatch(self, delivery: Delivery) -> Delivery:
        """仓库发出；款项关口拦下的，总监特批一次。"""
        waybill, warehouse = f"ST{self.order.pk:08d}", self.people["warehouse"]
        try:
            return shipping.dispatch_delivery(self.again(delivery), actor=warehouse, waybill=waybill)
        except Blocked:
            director = self.people["director"]
            shipping.authorise_exception(self.again(delivery), "老客户，款项月底前结清，先发货。", actor=director)
            return shipping.dispatch_delivery(self.again(delivery), actor=warehouse, waybill=waybill)

    def collect(self) -> Iterator[dt.datetime]:
        """开票、收款、结案。"""
        if not self.far("invoiced"):
            return
        yield self.pace.on(1, "10:00")
        finance = self.people["finance"]
        lines = [InvoiceLineInput(order_line=line, quantity=line.quantity) for line in self.lines()]
        given = InvoiceInput(self.order.customer, f"2644{self.order.pk:08d}", clock.today(), lines)
        invoice = ledger.issue_invoice(ledger.create_invoice(given, actor=finance), actor=finance)
        if not self.far("completed"):
            return
        if self.order.payment_terms == "monthly_30" and not self.never_owes:
            yield self.pace.on(6, "15:40")
            whole = [AllocationInput(amount=invoice.amount, invoice=invoice)]
            self.pay(invoice.amount, allocations=whole)
        yield self.pace.on(1, "16:20")
        self.order = orders.complete_order(self.fresh(), actor=self.people["laowang"])

    def pay(self, amount: Decimal, *, kind: str = "payment", order: bool = False, allocations: Any = ()) -> None:
        """财务登记并确认一笔收款。"""
        amount = amount.quantize(Decimal("0.01"))
        target = self.fresh() if order or kind == "deposit" else None
        given = PaymentInput(
            self.order.customer, clock.today(), amount, kind=kind, order=target, allocations=allocations,
            bank_reference=f"BK{self.order.pk:06d}{kind[0].upper()}",
        )  # fmt: skip
        finance = self.people["finance"]
        ledger.confirm_payment(ledger.register_payment(given, actor=finance), actor=finance)

    def again(self, delivery: Delivery) -> Delivery:
        """The delivery as it stands now."""
        found: Delivery = Delivery.objects.select_related("customer", "carrier", "coordinator").get(pk=delivery.pk)
        return found
