"""《发货通知单》 and 《送货单》 (第五章): what stands on them when they are filed."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.models.line import amounts
from papers.kinds import DELIVERY, DISPATCH_NOTICE
from papers.models import Paper
from papers.services import file_paper, frame
from papers.shapes import Customer, DeliverySnapshot, DispatchNoticeSnapshot, Signature
from papers.shapes.shipping import Confirmation, DeliveryCopy, DeliveryLine, DispatchLine
from parties.models import User
from shipping.models import Delivery
from shipping.models import DeliveryLine as Line
from workflow import clock
from workflow.templatetags.wording import day, plain

COPIES = (
    ("一", "客户", "白", False),
    ("二", "仓库存根", "红", False),
    ("三", "财务", "蓝", True),
    ("四", "业务", "绿", False),
    ("五", "收款", "黄", True),
)
TWICE = 2
LATEST = 3


def file_dispatch_notice(delivery: Delivery, *, actor: User) -> Paper:
    """发货通知单归档：仓库照它备货（第五章，发运）。"""
    snapshot = dispatch_notice(delivery, actor=actor)
    return _file(DISPATCH_NOTICE.code, delivery, snapshot, actor)


def file_delivery(delivery: Delivery, *, actor: User) -> Paper:
    """送货单归档，五联：客户、仓库存根、财务、业务、收款（第五章，发运）。"""
    snapshot = delivery_note(delivery, actor=actor)
    return _file(DELIVERY.code, delivery, snapshot, actor)


def _file(kind: str, delivery: Delivery, snapshot: DispatchNoticeSnapshot | DeliverySnapshot, actor: User) -> Paper:
    return file_paper(kind=kind, about=delivery, number=delivery.number, version=1, snapshot=snapshot, actor=actor)


def dispatch_notice(delivery: Delivery, *, actor: User) -> DispatchNoticeSnapshot:
    """《发货通知单》的内容：发什么、发到哪、两次确认、各行的检验依据。"""
    moment = delivery.notified_at or clock.now()
    head = frame(
        kind=DISPATCH_NOTICE.code,
        number=delivery.number,
        prepared_by=actor,
        prepared_at=moment,
        signatures=[
            Signature(act=_("跟单"), role="", name=str(actor), at=moment),
            Signature(act=_("仓库"), role="", name=""),
            Signature(act=_("审核"), role="", name=""),
        ],
    )
    return DispatchNoticeSnapshot(
        **head,
        customer=_customer(delivery),
        address=delivery.address,
        contact=delivery.contact,
        phone=delivery.phone,
        notice_date=clock.today(),
        arrival_date=delivery.arrival_date or "",
        confirmations=_confirmations(delivery),
        carrier=delivery.carrier.name if delivery.carrier else "",
        vehicle=delivery.vehicle,
        delivery_number=delivery.number,
        lines=[_notice_line(line) for line in delivery.lines_now],
        remark=delivery.remark,
    )


def _notice_line(line: Line) -> DispatchLine:
    ordered = line.order_line
    reports: str = getattr(line, "reports", None) or ""
    found = DispatchLine(
        no=line.position,
        order_number=line.order.number,
        name=ordered.product_name,
        specification=ordered.specification,
        unit=ordered.unit,
        quantity=line.quantity,
        spare=line.spare_quantity,
        inspection="、".join(reports.split("、")[-LATEST:]),
        remark=_remark(line),
    )
    if line.packages:
        found["packages"] = line.packages
    return found


def _confirmations(delivery: Delivery) -> list[Confirmation]:
    return [
        Confirmation(at=one.at, by=str(one.by), person=one.with_whom, how=one.how, arrival_date=one.arrival_date)
        for one in delivery.confirmations_now[-TWICE:]
    ]


def delivery_note(delivery: Delivery, *, actor: User) -> DeliverySnapshot:
    """《送货单》的内容：各行数量、备品、单价、金额；哪几联列价由服务器定。"""
    head = frame(
        kind=DELIVERY.code,
        number=delivery.number,
        prepared_by=delivery.coordinator,
        prepared_at=delivery.created_at,
        signatures=_hands(delivery, actor),
    )
    lines = [_delivery_line(line) for line in delivery.lines_now]
    note = DeliverySnapshot(
        **head,  # type: ignore[typeddict-item]
        sheet="a5l",
        priced=True,
        customer=_customer(delivery),
        address=delivery.address,
        contact=delivery.contact,
        phone=delivery.phone,
        delivery_date=delivery.dispatched_on or clock.today(),
        dispatch_notice=delivery.number,
        arrival=_("%(day)s（已两次确认）") % {"day": day(delivery.arrival_date)} if delivery.arrival_date else "",
        carrier=delivery.carrier.name if delivery.carrier else "",
        waybill=delivery.waybill,
        vehicle=delivery.vehicle,
        driver=delivery.driver,
        currency=delivery.orders_now[0].currency,
        tax_note=_tax_note(delivery),
        total=sum((Decimal(line["amount"]) for line in lines), Decimal(0)),
        lines=lines,
        note=_("请当面点清件数与外观；如有短少、破损，请在签收栏注明并于 3 日内书面告知。"),
        copies=[DeliveryCopy(ordinal=no, holder=who, colour=colour, priced=p) for no, who, colour, p in COPIES],
    )
    if packages := sum(line.packages or 0 for line in delivery.lines_now):
        note["packages"] = packages
    return note


def _hands(delivery: Delivery, actor: User) -> list[Signature]:
    made = Signature(act=_("制单"), role="", name=str(delivery.coordinator), at=delivery.created_at)
    out = Signature(act=_("仓库"), role="", name=str(actor), at=delivery.dispatched_at or clock.now())
    sent = Signature(act=_("送货人"), role="", name=delivery.driver)
    blank = [Signature(act=act, role="", name="") for act in (_("签收人（盖章）"), _("签收日期 / 实收备注"))]
    return [made, out, sent, *blank]


def _delivery_line(line: Line) -> DeliveryLine:
    ordered, order = line.order_line, line.order
    price = Decimal(0) if line.replaces_id else ordered.unit_price
    amount, _tax = amounts(line.quantity, price, tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax)
    return DeliveryLine(
        no=line.position,
        customer_po=order.customer_po,
        order_number=order.number,
        name=ordered.product_name,
        specification=ordered.specification,
        unit=ordered.unit,
        quantity=line.quantity,
        spare=line.spare_quantity,
        price=price,
        amount=amount,
        packing=_("%(n)s 件") % {"n": line.packages} if line.packages else "",
        remark=_remark(line),
    )


def _remark(line: Line) -> str:
    return "，".join(part for part in (_("补退货，不计价") if line.replaces_id else "", line.remark) if part)


def _tax_note(delivery: Delivery) -> str:
    rates = {order.tax_rate for order in delivery.orders_now}
    if len(rates) != 1:
        return str(_("含税"))
    return _("含税 %(rate)s %%") % {"rate": plain(rates.pop() * 100)}


def _customer(delivery: Delivery) -> Customer:
    return Customer(name=delivery.customer_name, code=delivery.customer.code, grade=delivery.customer.grade)
