"""开送货单：一个客户，一张或几张业务单，发哪几行、各多少（第五章，A54）。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine
from orders.rights import owns
from parties.models import Customer, User
from reviews.models import Notice
from shipping.models import Carrier, Delivery, DeliveryLine, Return, ReturnLine
from shipping.rights import works_all
from workflow.machine import begin, together
from workflow.search import search_text

MOST_LINES = 300


@dataclass(frozen=True)
class LineInput:
    """一行的输入：发哪一行业务单，多少；`replaces` 是所补的退货行。"""

    order_line: OrderLine
    quantity: Decimal
    spare_quantity: Decimal = Decimal(0)
    replaces: ReturnLine | None = None
    packages: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class DeliveryInput:
    """一张送货单的输入：界面与接口都先变成它。没写的地址、联系人用客户的。"""

    customer: Customer
    lines: Sequence[LineInput]
    address: str = ""
    contact: str = ""
    phone: str = ""
    carrier: Carrier | None = None
    vehicle: str = ""
    driver: str = ""
    remark: str = ""


@together
def create_delivery(given: DeliveryInput, *, actor: User) -> Delivery:
    """开一张送货单草稿；该不该发，通知仓库与发出时再问（第五章，A54）。"""
    if not actor.may("shipping.create"):
        raise PermissionDenied(_("您没有开送货单的权限"))
    _check(given)
    orders = lock_orders({line.order_line.order_id for line in given.lines})
    delivery = _head(given, orders, actor)
    if not works_all(delivery, actor):
        raise PermissionDenied(_("单上有不是您的业务单，不能开这张送货单"))
    begin(delivery, actor=actor, label=_("开送货单"), article="第五章，发运", rule="A54")
    delivery.lines_now = _lines(delivery, given, orders)
    DeliveryLine.objects.bulk_create(delivery.lines_now)
    return delivery


def lock_orders(ids: set[int]) -> list[Order]:
    """The orders of a new document, locked in the order of their keys, as `workflow.machine.locked` would."""
    rows = Order.objects.filter(pk__in=ids).select_related("team", "customer", "coordinator")
    return list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))


def _check(given: DeliveryInput) -> None:
    """What no delivery may contain, whoever enters it; errors name their field."""
    errors: dict[str, str] = {}
    if not given.lines:
        errors["lines"] = _("至少要有一行")
    if len(given.lines) > MOST_LINES:
        errors["lines"] = _("最多 %(n)s 行") % {"n": MOST_LINES}
    if given.carrier is not None and not given.carrier.active:
        errors["carrier"] = _("承运商 %(name)s 已停用") % {"name": given.carrier}
    for n, line in enumerate(given.lines):
        errors.update({f"lines.{n}.{field}": words for field, words in _line_errors(line, given.customer, n + 1)})
    if errors:
        raise ValidationError(errors)


def _line_errors(line: LineInput, customer: Customer, n: int) -> list[tuple[str, str]]:
    found = []
    if line.order_line.order.customer_id != customer.pk:
        found.append(("order_line", _("第 %(n)s 行不是%(name)s的货") % {"n": n, "name": customer.name}))
    if line.order_line.fee:
        found.append(("order_line", _("第 %(n)s 行是费用，不用发货，首次发货时自己入账") % {"n": n}))
    if line.quantity <= 0:
        found.append(("quantity", _("第 %(n)s 行数量要大于零") % {"n": n}))
    if line.spare_quantity < 0:
        found.append(("spare_quantity", _("第 %(n)s 行备品不能是负数") % {"n": n}))
    back = line.replaces
    if back is not None and back.order_line_id != line.order_line.pk:
        found.append(("replaces", _("第 %(n)s 行补的退货不是这一行的") % {"n": n}))
    elif back is not None and back.document.kind == Return.Kind.CREDIT:
        found.append(("replaces", _("第 %(n)s 行补的退货已经冲减，不用再补") % {"n": n}))
    return found


def _head(given: DeliveryInput, orders: list[Order], actor: User) -> Delivery:
    customer, first = given.customer, orders[0]
    contact = None if given.contact else customer.contacts.order_by("pk").first()
    delivery = Delivery(
        order=first if len(orders) == 1 else None,
        customer=customer,
        customer_name=customer.name,
        coordinator=actor if any(owns(order, actor) for order in orders) else first.coordinator,
        address=given.address or customer.address,
        contact=given.contact or (contact.name if contact else ""),
        phone=given.phone or (contact.phone if contact else ""),
        carrier=given.carrier,
        vehicle=given.vehicle,
        driver=given.driver,
        remark=given.remark,
        search_text=search_text(
            customer.code, customer.name, customer.short_name, *(f"{one.number} {one.customer_po}" for one in orders)
        ),
    )
    delivery.take_roots(orders)
    return delivery


def _lines(delivery: Delivery, given: DeliveryInput, orders: list[Order]) -> list[DeliveryLine]:
    """Each line names the notice it is made under: the one in force now (I24)."""
    live = Notice.objects.filter(order__in=orders).live().defer("content")
    notices = {notice.order_id: notice for notice in live}
    held = {order.pk: order for order in orders}
    lines = []
    for position, line in enumerate(given.lines, start=1):
        order = line.order_line.order = held[line.order_line.order_id]
        lines.append(
            DeliveryLine(
                delivery=delivery,
                position=position,
                order=order,
                order_line=line.order_line,
                notice=notices.get(order.pk),
                quantity=line.quantity,
                spare_quantity=line.spare_quantity,
                replaces=line.replaces,
                packages=line.packages,
                remark=line.remark,
            )
        )
    return lines
