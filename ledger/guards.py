"""What invoices, payments and adjustments wait for, each a sentence with its amounts (A62, A63, I6, I7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflow.deputies import ids
from workflow.guards import guard
from workflow.templatetags.wording import money, quantity

if TYPE_CHECKING:
    from ledger.models import Invoice, Payment

INVOICING = "第六章，开票"
COLLECTING = "第六章，收款"


@guard(article=INVOICING, rule="A62")
def goods_were_shipped(invoice: Invoice) -> Iterator[str]:
    """开票不超过净发货：没发的货不开票（I6）。"""
    for line in invoice.lines_now:
        left = invoice.billing.get(line.order_line_id)
        if invoice.is_red or (left and line.quantity <= left.quantity):
            continue
        yield _("%(line)s未开票的只有 %(left)s %(unit)s，这张票要开 %(asked)s") % {
            "line": called(line),
            "left": quantity(left.quantity if left else 0),
            "unit": line.order_line.unit,
            "asked": quantity(line.quantity),
        }


@guard(article=INVOICING, rule="A62")
def amounts_still_agree(invoice: Invoice) -> Iterator[str]:
    """草稿之后别的票先开了，最后一张收尾差，金额就不同了（I10）。"""
    for line in invoice.lines_now:
        left = invoice.billing.get(line.order_line_id)
        if invoice.is_red or left is None or line.quantity > left.quantity:
            continue
        amount, _tax = left.price(line.quantity)
        if amount != line.amount:
            yield _("%(line)s现在应开 %(due)s 元，草稿是 %(drafted)s 元，请作废草稿重做") % {
                "line": called(line),
                "due": money(amount),
                "drafted": money(line.amount),
            }


@guard(article=INVOICING, rule="A63")
def red_within_original(invoice: Invoice) -> Iterator[str]:
    """红字不超过原票还没冲的部分。"""
    for line in invoice.lines_now if invoice.is_red else ():
        left = invoice.originals[line.red_of_id or 0]
        if -line.quantity > left.quantity:
            yield _("%(line)s原票还能冲 %(left)s %(unit)s，这张红字要冲 %(asked)s") % {
                "line": called(line),
                "left": quantity(left.quantity),
                "unit": line.order_line.unit,
                "asked": quantity(-line.quantity),
            }
        elif -line.amount != left.price(-line.quantity)[0]:
            yield _("%(line)s现在应冲 %(due)s 元，草稿是 %(drafted)s 元，请作废草稿重做") % {
                "line": called(line),
                "due": money(left.price(-line.quantity)[0]),
                "drafted": money(-line.amount),
            }


@guard(article=COLLECTING, rule="A63")
def within_the_payment(payment: Payment) -> Iterator[str]:
    """分出去的不超过收进来的（I7）。"""
    placing = payment.placing
    if placing.unallocated < 0:
        yield _("这笔收款 %(amount)s 元，分配了 %(given)s 元，多分 %(over)s 元") % {
            "amount": money(payment.amount),
            "given": money(placing.given),
            "over": money(-placing.unallocated),
        }


@guard(article=COLLECTING, rule="A63")
def within_the_targets(payment: Payment) -> Iterator[str]:
    """分到一张发票或一张业务单的，不超过它还欠的（I7）。"""
    yield from payment.placing.objections()


@guard(article=COLLECTING, rule="A63")
def refund_is_covered(payment: Payment) -> Iterator[str]:
    """没指明业务单的退款，只能退还没分配的收款。"""
    if payment.sign > 0 or payment.order_id is not None:
        return
    covered = payment.placing.refundable
    if payment.amount > covered:
        yield _("%(customer)s未分配的收款只有 %(left)s 元，退不了 %(asked)s 元；要退某张业务单的钱请指明业务单") % {
            "customer": payment.customer_name,
            "left": money(covered),
            "asked": money(payment.amount),
        }


@guard("这笔收款已经冲销了", article=COLLECTING, rule="A63")
def not_reversed(payment: Payment) -> bool:
    """冲销只有一次，冲销了的不能再动。"""
    return not payment.placing.reversed


@guard(article=COLLECTING, rule="A63")
def nothing_leans_on_it(payment: Payment) -> Iterator[str]:
    """这笔钱已经退给客户的，先冲销退款。"""
    if payment.placing.leaning:
        yield _("这笔收款里有 %(amount)s 元已经退给客户，请先冲销那笔退款") % {"amount": money(payment.placing.leaning)}


@guard("自己提出的调整，自己不能批", article="第六章，调整", rule="A63")
def proposed_it(pair: tuple[Any, Any]) -> bool:
    """True when nothing stands against it: somebody else proposed the adjustment."""
    adjustment, user = pair
    return adjustment.proposed_by_id not in ids(user)


def called(line: Any) -> str:
    """How a sentence names an order's line."""
    return _("%(order)s 第 %(n)d 行「%(product)s」") % {
        "order": line.order.number,
        "n": line.order_line.position,
        "product": line.order_line.product_name,
    }
