"""The proof of A62: every sum computed a second way, every difference named; silence means that the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from ledger.balances import GROUPS, Balance, balances_by, line_sums, postings, together_of, total_of
from ledger.models import Adjustment, Entry, Invoice, Payment
from orders.models import Order, OrderLine
from orders.models.line import amounts
from shipping.models import DeliveryLine, ReturnLine
from shipping.models.standing import GONE
from workflow.templatetags.wording import money, quantity

NONE = Decimal(0)


def differences() -> Iterator[str]:
    """Everything that does not agree, inside the ledger and with the goods that left and came back."""
    yield from inside()
    yield from with_the_goods()


def inside() -> Iterator[str]:
    """What the ledger can prove by itself."""
    yield from _groups_agree()
    yield from _sources_agree()
    yield from _entries_are_priced()
    yield from _invoices_add_up()
    yield from _nothing_beyond_what_was_shipped()
    yield from _payments_are_placed()
    yield from _invoices_are_not_overpaid()
    yield from _orders_add_up()


def _orders_add_up() -> Iterator[str]:
    """业务单合计 = 各行之和，关了的行只值净发的（A62、第二十二条）。"""
    closed = {line.pk: line for line in OrderLine.objects.filter(closed=True).select_related("order")}
    sums = line_sums(closed)
    for pk, line in closed.items():
        due = sums[pk]["shipped_amount"] if pk in sums else NONE
        if line.amount != due:
            yield _("%(line)s已关闭，净发 %(due)s 元，业务单上却是 %(amount)s 元") % {
                "line": _named(pk), "due": money(due), "amount": money(line.amount),
            }  # fmt: skip
    rows = Order.objects.annotate(added=Sum("lines__amount", default=NONE)).exclude(amount=F("added"))
    for order in rows.only("formal_number", "amount"):
        yield _("业务单 %(number)s 合计 %(amount)s 元，各行之和是 %(added)s 元") % {
            "number": order.number, "amount": money(order.amount), "added": money(order.added),
        }  # fmt: skip


def _groups_agree() -> Iterator[str]:
    """合计 = Σ 跟单员 = Σ 客户 = Σ 业务单 = Σ 行（A62）。"""
    total = total_of(postings())
    for group in GROUPS:
        added = together_of(balances_by(group, postings()).values())
        for name in ("uninvoiced", "receivable", "invoiced_unpaid", "net_shipped", "to_invoice"):
            if getattr(added, name) != getattr(total, name):
                yield _("按 %(group)s 加总的 %(name)s 是 %(added)s，总数是 %(total)s") % {
                    "group": group,
                    "name": name,
                    "added": getattr(added, name),
                    "total": getattr(total, name),
                }


def _sources_agree() -> Iterator[str]:
    """未开票 = 净发货 − 已开票，应收 = 净发货 ± 调整 − 已收，各从原始单据再算一遍（A62）。"""
    total = total_of(postings())
    shipped = _sum(Entry.objects.all(), "amount")
    invoiced = _sum(Invoice.objects.filter(state=Invoice.State.ISSUED), "amount")
    adjusted = _sum(Adjustment.objects.filter(state=Adjustment.State.APPROVED), "amount")
    money_in = Payment.objects.standing()
    incoming = _sum(money_in.exclude(kind=Payment.Kind.REFUND), "amount")
    outgoing = _sum(money_in.filter(kind=Payment.Kind.REFUND), "amount")
    received = incoming - outgoing - unallocated_money()
    again = Balance(shipped_amount=shipped, invoiced=invoiced, adjusted=adjusted, received=received)
    for name, words in (("uninvoiced", _("未开票")), ("receivable", _("应收"))):
        if getattr(again, name) != getattr(total, name):
            yield _("%(words)s从单据算是 %(again)s 元，从记账算是 %(total)s 元") % {
                "words": words,
                "again": money(getattr(again, name)),
                "total": money(getattr(total, name)),
            }


def unallocated_money() -> Decimal:
    """收进来还没有分到哪里的钱，减去从中退掉的。"""
    with connection.cursor() as cursor:
        cursor.execute(UNALLOCATED, [Payment.Kind.REFUND])
        return Decimal(cursor.fetchone()[0])


UNALLOCATED = """
SELECT COALESCE(SUM(payment.amount - COALESCE(given.amount, 0)), 0) - (
         SELECT COALESCE(SUM(refund.amount), 0) FROM ledger_payment AS refund
          WHERE refund.kind = %s AND refund.state = 'confirmed' AND refund.order_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM ledger_paymentreversal WHERE payment_id = refund.id))
  FROM ledger_payment AS payment
  LEFT JOIN (SELECT payment_id, SUM(amount) AS amount FROM ledger_allocation
              WHERE refund_id IS NULL GROUP BY payment_id) AS given ON given.payment_id = payment.id
 WHERE payment.kind <> 'refund' AND payment.state = 'confirmed'
   AND NOT EXISTS (SELECT 1 FROM ledger_paymentreversal WHERE payment_id = payment.id)
"""


def _entries_are_priced() -> Iterator[str]:
    """一行货在一个单价上发了几批，金额加起来正好是数量乘单价（I10）。"""
    rows = Entry.objects.exclude(kind=Entry.Kind.CORRECTION).order_by()
    keys = ("order_line", "unit_price", "order_line__order__tax_rate", "order_line__order__prices_include_tax")
    for row in rows.values(*keys).annotate(entered=Sum("billable"), amount=Sum("amount"), tax=Sum("tax")):
        sign = -1 if row["entered"] < 0 else 1
        gross, tax = amounts(
            abs(row["entered"]),
            row["unit_price"],
            tax_rate=row["order_line__order__tax_rate"],
            prices_include_tax=row["order_line__order__prices_include_tax"],
        )
        if (row["amount"], row["tax"]) != (sign * gross, sign * tax):
            yield _("%(line)s单价 %(price)s：%(quantity)s 应记 %(due)s 元，记了 %(amount)s 元") % {
                "line": _named(row["order_line"]),
                "price": row["unit_price"],
                "quantity": quantity(row["entered"]),
                "due": money(sign * gross),
                "amount": money(row["amount"]),
            }


def _invoices_add_up() -> Iterator[str]:
    """发票合计 = 各行之和；红字不超过原票（I10、A63）。"""
    rows = Invoice.objects.annotate(lines_amount=Sum("lines__amount"), lines_tax=Sum("lines__tax"))
    for invoice in rows.exclude(Q(lines_amount=F("amount")) & Q(lines_tax=F("tax"))):
        yield _("发票 %(number)s 合计 %(amount)s 元，各行之和 %(lines)s 元") % {
            "number": invoice.number,
            "amount": money(invoice.amount),
            "lines": money(invoice.lines_amount or NONE),
        }
    for row in balances_by("line", postings()).items():
        if row[1].invoiced_quantity < 0 or row[1].invoiced < 0:
            yield _("%(line)s红字多于蓝字：已开票 %(amount)s 元") % {
                "line": _named(row[0]),
                "amount": money(row[1].invoiced),
            }


def _nothing_beyond_what_was_shipped() -> Iterator[str]:
    """一行货开票的数量，任何时候不超过当时的净发货（I6）；退货以后多出的，要开红字。"""
    with connection.cursor() as cursor:
        cursor.execute(INVOICED_BEYOND)
        for line, beyond in cursor.fetchall():
            yield _("%(line)s开票比发出的多 %(beyond)s") % {"line": _named(line), "beyond": quantity(beyond)}


INVOICED_BEYOND = """
SELECT order_line_id, SUM(invoiced_quantity) - SUM(GREATEST(billable, 0)) FROM ledger_posting
 GROUP BY order_line_id HAVING SUM(invoiced_quantity) > SUM(GREATEST(billable, 0)) ORDER BY 1
"""


def _payments_are_placed() -> Iterator[str]:
    """确认的收款，分配多少就落到行上多少；冲销了的、没确认的一分不落（I7）。"""
    with connection.cursor() as cursor:
        cursor.execute(PLACED)
        for payment, given, placed in cursor.fetchall():
            yield _("收款 SK-%(pk)06d 应落账 %(given)s 元，落了 %(placed)s 元") % {
                "pk": payment,
                "given": money(given),
                "placed": money(placed),
            }
        cursor.execute(GIVEN_BEYOND)
        for payment, amount, given in cursor.fetchall():
            yield _("收款 SK-%(pk)06d 金额 %(amount)s 元，分出 %(given)s 元") % {
                "pk": payment,
                "amount": money(amount),
                "given": money(given),
            }


PLACED = """
SELECT payment.id, due.amount, COALESCE(placed.amount, 0)
  FROM ledger_payment AS payment
  CROSS JOIN LATERAL (
       SELECT CASE WHEN payment.state = 'confirmed'
                    AND NOT EXISTS (SELECT 1 FROM ledger_paymentreversal WHERE payment_id = payment.id)
                   THEN COALESCE(SUM(amount), 0) * CASE payment.kind WHEN 'refund' THEN -1 ELSE 1 END
                   ELSE 0 END AS amount
         FROM ledger_allocation WHERE payment_id = payment.id AND refund_id IS NULL) AS due
  LEFT JOIN (SELECT allocation.payment_id, SUM(line.amount) AS amount
               FROM ledger_allocationline AS line JOIN ledger_allocation AS allocation
                 ON allocation.id = line.allocation_id GROUP BY 1) AS placed ON placed.payment_id = payment.id
 WHERE due.amount <> COALESCE(placed.amount, 0) ORDER BY 1
"""
GIVEN_BEYOND = """
SELECT payment.id, payment.amount, SUM(allocation.amount)
  FROM ledger_payment AS payment JOIN ledger_allocation AS allocation ON allocation.payment_id = payment.id
 WHERE NOT EXISTS (SELECT 1 FROM ledger_paymentreversal WHERE payment_id = allocation.refund_id)
 GROUP BY 1, 2 HAVING SUM(allocation.amount) > payment.amount ORDER BY 1
"""


def _invoices_are_not_overpaid() -> Iterator[str]:
    """一张发票的一行，收的不超过它减去红字，也不是负数（I7）。"""
    with connection.cursor() as cursor:
        cursor.execute(OVERPAID)
        for number, net, paid in cursor.fetchall():
            yield _("发票 %(number)s 的一行净额 %(net)s 元，收了 %(paid)s 元") % {
                "number": number,
                "net": money(net),
                "paid": money(paid),
            }


OVERPAID = """
SELECT invoice.number, line.amount + COALESCE(red.amount, 0), paid.amount
  FROM (SELECT invoice_line_id, SUM(amount) AS amount FROM ledger_allocationline
         WHERE invoice_line_id IS NOT NULL GROUP BY 1) AS paid
  JOIN ledger_invoiceline AS line ON line.id = paid.invoice_line_id
  JOIN ledger_invoice AS invoice ON invoice.id = line.invoice_id
  LEFT JOIN (SELECT one.red_of_id, SUM(one.amount) AS amount FROM ledger_invoiceline AS one
               JOIN ledger_invoice AS red ON red.id = one.invoice_id AND red.state = 'issued' GROUP BY 1) AS red
         ON red.red_of_id = line.id
 WHERE paid.amount < 0 OR paid.amount > line.amount + COALESCE(red.amount, 0) ORDER BY 1
"""


def with_the_goods() -> Iterator[str]:
    """Σ 台账 = 送货单发出的 − 退货单收到的，一行一行（A62、I3）。"""
    gone = DeliveryLine.objects.filter(delivery__state__in=GONE)
    back = ReturnLine.objects.filter(document__state="received")
    sides: tuple[tuple[str, Any, str], ...] = ((_("发货"), gone, "shipped"), (_("退货"), back, "returned"))
    for words, goods, column in sides:
        moved = dict(goods.order_by().values_list("order_line").annotate(total=Sum("quantity")))
        entered = {pk: getattr(row, column) for pk, row in balances_by("line", postings()).items()}
        for pk in sorted(moved.keys() | entered.keys()):
            if moved.get(pk, NONE) != entered.get(pk, NONE):
                yield _("%(line)s%(words)s：单据 %(moved)s，台账 %(entered)s") % {
                    "line": _named(pk),
                    "words": words,
                    "moved": quantity(moved.get(pk, NONE)),
                    "entered": quantity(entered.get(pk, NONE)),
                }


def _named(line_id: int) -> str:
    line = OrderLine.objects.select_related("order").get(pk=line_id)
    order: Order = line.order
    return _("%(order)s 第 %(n)d 行") % {"order": order.number, "n": line.position}


def _sum(rows: Any, column: str) -> Decimal:
    total: Decimal = rows.aggregate(total=Sum(column, default=NONE))["total"]
    return total
