"""One demo order's life, step by step: each `yield` is the moment of the next act, the services do the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.samples import retain
from ledger import services as ledger
from ledger.services import AllocationInput, InvoiceInput, InvoiceLineInput, PaymentInput
from orders import services as orders
from orders.models import Order, OrderLine
from orders.services import OrderInput
from parties.models import User
from production import services as production
from production.services import InspectionInput, LineDone, VisitInput
from reviews import points
from reviews import services as reviews
from reviews.models import Answer, Notice, Round
from reviews.services import AnswerInput, ToldInput
from shipping import services as shipping
from shipping.models import Carrier, Delivery
from shipping.services import DeliveryInput, LineInput
from workflow import clock
from workflow.guards import Blocked

STAGES = (
    "draft", "returned", "submitted", "accepted", "opened", "answering", "negotiating", "agreed", "drafted", "signed",
    "issued", "acknowledged", "producing", "halfway", "inspected", "shipping", "confirmed", "notified", "dispatched",
    "collecting", "invoiced", "completed",
)  # fmt: skip
HEADS = {
    "engineering": "engineering", "material_control": "material", "printing_manufacturing": "printing_mfg",
    "printing_quality": "printing_qc", "paper_manufacturing": "paper_mfg", "paper_quality": "paper_qc",
}  # fmt: skip
ANSWERS = {
    "engineering": "菲林与刀版按客户文件，首件签样后开机。",
    "material_control": "纸张有库存，辅料 3 天到齐。",
    "printing_manufacturing": "排在 2 号机，夜班可加机。",
    "printing_quality": "按标样抽检，色差 ΔE ≤ 3。",
    "paper_manufacturing": "裱糊与成型两道，分批转序。",
    "paper_quality": "按尺寸公差与承重抽检。",
}
DONE_STEPS = ("备料", "印刷", "印刷", "后加工", "包装")
HALF_STEPS = ("备料", "备料", "印刷", "印刷", "印刷", "印刷", "后加工", "后加工")
SATURDAY = 5


@dataclass
class Plan:
    """What one demo order is to be: its input, how far it goes, and its troubles."""

    given: OrderInput
    coordinator: str
    start: dt.datetime
    until: str
    risk: str = ""
    rejected: str = ""
    cancelled: str = ""
    proxy: bool = False
    lead: int = 16
    chased: bool = False


@dataclass
class Pace:
    """The working clock of one order: it only runs forward, and never on a weekend."""

    moment: dt.datetime
    step: int = field(default=0)

    def on(self, days: int, time: str) -> dt.datetime:
        """So many working days further, at this time of day (or a little after the last act)."""
        day = timezone.localtime(self.moment).date()
        while days > 0:
            day += dt.timedelta(days=1)
            days -= day.weekday() < SATURDAY
        hour, minute = map(int, time.split(":"))
        wanted = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
        self.moment = max(wanted, self.moment + dt.timedelta(minutes=7))
        return self.moment


class Life:
    """Walks one order through the services as the people who do it."""

    def __init__(self, plan: Plan, people: dict[str, User]) -> None:
        self.plan = plan
        self.people = people
        self.li = people[plan.coordinator]
        self.pace = Pace(plan.start)
        self.order: Order

    @property
    def never_owes(self) -> bool:
        """C001 pays on dispatch: whoever tries the API with it is never stopped by an old debt."""
        return self.order.customer.code == "C001"

    def far(self, stage: str) -> bool:
        """Whether the plan goes at least to this stage."""
        return STAGES.index(self.plan.until) >= STAGES.index(stage)

    def walk(self) -> Iterator[dt.datetime]:
        """The whole life, as far as the plan wants it."""
        yield self.plan.start
        self.order = orders.create_order(self.plan.given, actor=self.li)
        for chapter in (self.intake, self.review, self.notice, self.produce, self.ship, self.collect):
            yield from chapter()

    def intake(self) -> Iterator[dt.datetime]:
        """登记、提交、受理。"""
        yield self.pace.on(0, "10:20")
        if not self.far("returned"):
            yield from self.stays_draft()
            return
        if self.plan.given.basis == "none":
            asked = orders.ask_instruction(self.order, "客户电话下单，书面下周补寄，先排产。", actor=self.li)
            yield self.pace.on(0, "11:00")
            orders.grant_instruction(asked, "老客户，同意先做。", actor=self.people["laowang"])
        self.order = orders.submit_order(self.order, actor=self.li)
        if not self.far("submitted"):
            yield self.pace.on(0, "16:40")
            orders.return_to_coordinator(
                self.order,
                "包装要求写得太简单。",
                actor=self.people["laowang"],
                remarks={"requirements.packing": "每箱数量和箱唛补上", "lines.0.finishing": "覆膜还是过油？"},
            )
            return
        if self.plan.rejected:
            yield self.pace.on(0, "16:10")
            orders.reject_order(self.order, self.plan.rejected, actor=self.people["laowang"])
        elif self.far("accepted"):
            yield self.pace.on(0, "14:30")
            self.order = orders.accept_order(self.order, actor=self.people["laowang"])

    def stays_draft(self) -> Iterator[dt.datetime]:
        """一张口头的在等请示，一张不符合的已请客户修改（第六条）。"""
        yield self.pace.on(0, "10:40")
        if self.plan.given.basis == "none":
            orders.ask_instruction(self.order, "新客户电话下单，合同三天内补。", actor=self.li)
            return
        one = orders.raise_nonconformity(self.order, "来稿尺寸与刀模不符，差 3 mm。", actor=self.li)
        yield self.pace.on(0, "11:10")
        orders.ask_customer_to_amend(one, "客户采购 刘婷", "电话", actor=self.li)

    def review(self) -> Iterator[dt.datetime]:
        """评审：开轮、各部门答复签字、结论。"""
        if not self.far("opened") or self.plan.rejected:
            return
        yield self.pace.on(0, "15:30")
        review = reviews.open_round(
            self.order, "distributed", actor=self.people["laowang"], reason="常规订单，分散评审"
        )
        if self.plan.cancelled:
            yield self.pace.on(1, "09:10")
            orders.cancel_order(self.order, self.plan.cancelled, actor=self.people["laowang"])
            return
        if self.far("answering"):
            yield from self.answers(review)
        if self.far("negotiating"):
            yield self.pace.on(1, "11:45")
            passed = self.far("agreed")
            given: dict[str, Any] = {"delivery_date": self.promise()} if passed else {"note": "制造部比客户要求晚 2 天"}
            review = reviews.conclude(review, "pass" if passed else "negotiate", actor=self.people["laowang"], **given)
        if self.far("drafted"):
            yield self.pace.on(0, "13:40")
            told = ToldInput("salesperson", str(self.people["sales"]), "微信")
            reviews.record_told(review, told, actor=self.li)

    def answers(self, review: Round) -> Iterator[dt.datetime]:
        """各部门答复；还在评审中的，最后一个部门还没有答。"""
        rows = list(review.answers.select_related("round__order", "department").order_by("id"))
        last = len(rows) if self.far("negotiating") else len(rows) - 1
        for place, answer in enumerate(rows[:last]):
            yield self.pace.on(0 if place else 1, f"{9 + place}:15")
            code = answer.department.code
            head = self.people["engineering2" if self.plan.proxy and code == "engineering" else HEADS[code]]
            given = AnswerInput(
                verdict="agree",
                planned_date=max(self.day((self.plan.lead - 4) * (place + 1) // len(rows)), clock.today()),
                points=dict.fromkeys(points.CODES, True),
                comment=ANSWERS[code],
            )
            reviews.sign_answer(answer, given, actor=head)

    def day(self, after: int) -> dt.date:
        """So many days after the order came in."""
        return timezone.localdate(self.plan.start) + dt.timedelta(days=after)

    def promise(self) -> dt.date:
        """The promised delivery date."""
        return self.day(self.plan.lead)

    def notice(self) -> Iterator[dt.datetime]:
        """《业务通知单》：编、签、发、签收。"""
        if not self.far("drafted") or self.plan.rejected or self.plan.cancelled:
            return
        yield self.pace.on(0, "14:05")
        notice = reviews.create_notice(self.fresh(), actor=self.li)
        if self.far("signed"):
            yield self.pace.on(0, "16:30")
            notice = reviews.sign_notice(notice, actor=self.people["gm_delegate" if self.plan.proxy else "gm"])
        if self.far("issued"):
            yield self.pace.on(1, "08:40")
            notice = reviews.issue_notice(notice, actor=self.li)
            yield from self.acknowledge(notice)

    def acknowledge(self, notice: Notice) -> Iterator[dt.datetime]:
        """各部门签收；只到「已下单」的，留最后一份没签收。"""
        copies = list(notice.copies.select_related("notice__order", "department").order_by("id"))
        for copy in copies if self.far("acknowledged") else copies[:-2]:
            yield self.pace.on(0, "09:30")
            reviews.acknowledge_copy(copy, actor=self.people[HEADS[copy.department.code]])
        if self.far("producing"):
            yield self.pace.on(0, "15:20")
            reviews.archive_original(notice, f"签发原件 {clock.today():%y-%m} 册", actor=self.li)

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

    def fresh(self) -> Order:
        """The order as it stands now."""
        order: Order = Order.objects.select_related("business_kind", "team", "customer").get(pk=self.order.pk)
        return order

    def lines(self) -> list[OrderLine]:
        """The order's lines as they stand now."""
        rows = OrderLine.objects.filter(order_id=self.order.pk).select_related("order", "business_kind", "product")
        return list(rows.order_by("position"))

    def again(self, delivery: Delivery) -> Delivery:
        """The delivery as it stands now."""
        found: Delivery = Delivery.objects.select_related("customer", "carrier", "coordinator").get(pk=delivery.pk)
        return found
