"""What a delivery's moves wait for (第五章 成品发运), each with its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from orders.timing import returns_closed
from reviews.selectors import not_in_force
from samples.services import goods_passes
from workflow import clock
from workflow.guards import guard
from workflow.templatetags.wording import day, quantity

if TYPE_CHECKING:
    from shipping.models import Delivery, DeliveryLine, Return

SHIPS_FROM = ("producing", "shipping")
REPLACES_FROM = (*SHIPS_FROM, "collecting", "completed")
TWICE = 2


@guard(article="第五章，发运", rule="A54")
def orders_can_ship(delivery: Delivery) -> Iterator[str]:
    """生产跟进或发货中的单才发货（可以先完成的先发）；补退货的到结案后也可以。"""
    plain = {line.order_id for line in delivery.lines_now if line.replaces_id is None}
    for order in delivery.orders_now:
        if order.state not in (SHIPS_FROM if order.pk in plain else REPLACES_FROM):
            yield _("业务单 %(number)s 现在是「%(state)s」，还不能发货") % {
                "number": order.number,
                "state": order.get_state_display(),
            }


@guard(article="第二十二条", rule="A22")
def notices_stand(delivery: Delivery) -> Iterator[str]:
    """送货单照哪一版业务通知单开的，那一版就得现行；作废的版上什么都不能再做（I24）。"""
    named = {line.order_id: line.notice for line in delivery.lines_now}
    for order in delivery.orders_now:
        notice = named.get(order.pk)
        if order.state not in REPLACES_FROM:
            continue  # it cannot ship at all, which is said already
        if notice is None:
            yield _("业务单 %(number)s 没有现行的业务通知单，不能发货") % {"number": order.number}
        elif notice.state != "issued":
            words = not_in_force(notice)
            yield words if notice.state != "void" else _("%(words)s；请取消这张送货单，照现行的重开") % {"words": words}


@guard(article="第二十二条", rule="A22")
def lines_are_open(delivery: Delivery) -> Iterator[str]:
    """更改关闭了的行，不再发货；补退货的除外。"""
    for line in delivery.lines_now:
        if line.order_line.closed and line.replaces_id is None:
            yield _("%(line)s已经关闭，不再发货") % {"line": called(line)}


@guard(article="第五章，到货确认", rule="A52")
def arrival_is_confirmed(delivery: Delivery) -> Iterator[str]:
    """到货日期与客户或业务员确认过两次，说的是同一天，且这一天还没过。"""
    told = delivery.confirmations_now[-TWICE:]
    if not told:
        yield _("到货日期还没有跟客户或业务员确认，要两次")
    elif len(told) < TWICE:
        yield _("到货日期 %(day)s 只确认了一次，还差一次") % {"day": day(told[-1].arrival_date)}
    elif told[0].arrival_date != told[1].arrival_date:
        yield _("到货日期从 %(old)s 改到 %(new)s，新日期还差一次确认") % {
            "old": day(told[0].arrival_date),
            "new": day(told[1].arrival_date),
        }
    elif told[1].arrival_date < clock.today():
        yield _("确认的到货日期 %(day)s 已经过了，请重新确认两次") % {"day": day(told[1].arrival_date)}


@guard(article="C类 客供料", rule="C7")
def pass_is_approved(delivery: Delivery) -> Iterator[str]:
    """种类规定成品出厂要放行条的，主任批准了才发。"""
    if needs_pass(delivery) and not goods_passes(delivery.about).filter(state="approved").exists():
        yield _("还没有主任批准的放行条，成品不能出厂")


def needs_pass(delivery: Delivery) -> bool:
    """单上有业务单的种类规定，成品凭放行条出厂（C7）；印刷、纸品默认不要。"""
    return any(line.order_line.kind.turned_on("gate_pass") for line in delivery.lines_now)


@guard(article="第五章，品质放行", rule="A51")
def goods_are_in_store(delivery: Delivery) -> Iterator[str]:
    """发的是检验合格、已入成品库的货，连备品在内（E7：成品台账不为负）。"""
    for line, wanted in _wanted(delivery, with_spare=True):
        stored = delivery.standings[line.order_line_id].stored
        if wanted > stored:
            yield _("%(line)s要发 %(wanted)s %(unit)s，成品库只有检验合格的 %(stored)s %(unit)s") % {
                "line": called(line),
                "wanted": quantity(wanted),
                "stored": quantity(stored),
                "unit": line.order_line.unit,
            }


@guard(article="第五章，发运", rule="A54")
def within_what_was_ordered(delivery: Delivery) -> Iterator[str]:
    """发货不超过订货数量加溢装容差；再多要总监授权（I1）。备品超出约定的部分也算。"""
    spares = dict(_sums(delivery.lines_now, "spare_quantity"))
    for line, wanted in _wanted(delivery):
        standing = delivery.standings[line.order_line_id]
        spared = standing.spared + spares[line.order_line_id]
        net = standing.physical + wanted + max(spared - standing.agreed_spare, Decimal(0))
        if net > standing.limit:
            yield _("%(line)s发完共 %(net)s %(unit)s，订 %(ordered)s，连溢装最多 %(limit)s；再多要总监授权") % {
                "line": called(line),
                "net": quantity(net),
                "ordered": quantity(standing.ordered),
                "limit": quantity(standing.limit),
                "unit": line.order_line.unit,
            }


@guard(article="第五章，退货", rule="A56")
def replacements_fit(delivery: Delivery) -> Iterator[str]:
    """补货的行补的是已收到的退货，补的总数不超过退回的。"""
    for line in delivery.lines_now:
        back = line.replaces
        if back is None:
            continue
        if back.document.state != "received":
            yield _("%(line)s补的退货还没有收到") % {"line": called(line)}
        elif delivery.replaced_already(line) + line.quantity > back.quantity:
            yield _("%(line)s补的数量超过退回的 %(back)s %(unit)s") % {
                "line": called(line),
                "back": quantity(back.quantity),
                "unit": line.order_line.unit,
            }


@guard(article="第五章，发运", rule="A54")
def papers_are_enclosed(delivery: Delivery) -> Iterator[str]:
    """客户要的随货资料（产品说明书、合格证……）都随货了。"""
    for name in delivery.customer.accompanying_papers:
        if name not in delivery.enclosed:
            yield _("客户要求随货的「%(name)s」还没有核对") % {"name": name}


@guard(article="C类 退货", rule="C5")
def within_return_window(document: Return) -> Iterator[str]:
    """退货在种类定的日子和钟点登记；在外面的要总监放行（C5）。"""
    lines = [line.delivery_line.order_line for line in document.lines_now]
    for refusal in returns_closed(document.orders_now, lines):
        yield refusal.words


@guard(article="第五章，退货", rule="A56")
def returned_was_shipped(document: Return) -> Iterator[str]:
    """退回的不超过发出的（I5）。"""
    for line in document.lines_now:
        sent = line.delivery_line
        back = document.returned_already(line) + line.quantity
        if back > sent.quantity:
            yield _("送货单第 %(n)s 行发出 %(sent)s，退回共 %(back)s，多了") % {
                "n": sent.position,
                "sent": quantity(sent.quantity),
                "back": quantity(back),
            }


def called(line: DeliveryLine) -> str:
    """How a refusal names a line: 第 1 行「产品画册」."""
    return _("第 %(n)s 行「%(product)s」") % {"n": line.position, "product": line.order_line.product_name}


def _sums(lines: Iterable[Any], column: str) -> Iterator[tuple[int, Decimal]]:
    totals: dict[int, Decimal] = {}
    for line in lines:
        totals[line.order_line_id] = totals.get(line.order_line_id, Decimal(0)) + getattr(line, column)
    yield from totals.items()


def _wanted(delivery: Delivery, *, with_spare: bool = False) -> Iterator[tuple[DeliveryLine, Decimal]]:
    """Each order line once, by its first line on the note, with all that goes out of it."""
    wanted = dict(_sums(delivery.lines_now, "quantity"))
    if with_spare:
        for pk, spare in _sums(delivery.lines_now, "spare_quantity"):
            wanted[pk] += spare
    for line in delivery.lines_now:
        if line.order_line_id in wanted:
            yield line, wanted.pop(line.order_line_id)
