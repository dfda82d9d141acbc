"""收款：登记、确认、分配、作废、冲销（第六章，A63）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from ledger.guards import refund_is_covered
from ledger.models import Allocation, AllocationLine, Invoice, Payment, PaymentReversal
from ledger.placing import lines_of
from ledger.services.settling import settle
from orders.models import Order, State
from parties.models import Customer, User
from workflow import clock
from workflow.guards import Blocked
from workflow.machine import begin, perform, together

EARLIEST = dt.date(2000, 1, 1)
NOT_YET = (State.DRAFT, State.REJECTED)
MOST_TARGETS = 100


@dataclass(frozen=True)
class AllocationInput:
    """分给一张发票或一张业务单多少。"""

    amount: Decimal
    invoice: Invoice | None = None
    order: Order | None = None


@dataclass(frozen=True)
class PaymentInput:
    """一笔收款的输入。"""

    customer: Customer
    date: dt.date
    amount: Decimal
    kind: str = Payment.Kind.PAYMENT
    order: Order | None = None
    allocations: Sequence[AllocationInput] = ()
    method: str = Payment.Method.TRANSFER
    bank_reference: str = ""
    remark: str = ""


@together
def register_payment(given: PaymentInput, *, actor: User) -> Payment:
    """登记一笔收款或退款：冲哪几张发票、哪张业务单，没指明的留着看得见（第六章，收款）。"""
    if not actor.may("ledger.register_payment"):
        raise PermissionDenied(_("只有财务能登记收款"))
    _check(given)
    payment = Payment(
        kind=given.kind,
        date=given.date,
        customer=given.customer,
        customer_name=given.customer.name,
        currency=given.order.currency if given.order else "CNY",
        amount=given.amount,
        order=given.order,
        method=given.method,
        bank_reference=given.bank_reference,
        remark=given.remark,
        registered_by=actor,
    )
    begin(payment, actor=actor, label=_("登记收款"), article="第六章，收款", rule="A63", data={"amount": given.amount})
    _write(payment, _targets(given), actor=actor)
    return payment


@together
def confirm_payment(payment: Payment, *, actor: User) -> Payment:
    """财务确认到账：落到发票行和业务单行，定金随即冲已开的票（第六章，收款）。"""
    payment = perform(payment, "confirm", actor=actor)
    _place(payment)
    if payment.sign < 0 and payment.order_id is None:
        _draw_on_unallocated(payment, actor=actor)
    return payment


@together
def allocate_payment(payment: Payment, allocations: Sequence[AllocationInput], *, actor: User) -> Payment:
    """把没分配的分到发票或业务单（第六章，收款）。"""
    if not actor.may("ledger.allocate_payment"):
        raise PermissionDenied(_("只有财务能分配收款"))
    if not allocations:
        raise ValidationError({"allocations": _("请指明分到哪张发票或业务单")})
    if payment.sign < 0:
        raise ValidationError({"allocations": _("退款在登记时指明业务单，不再分配")})
    _check_targets(allocations, payment.customer, payment.currency)
    _within(allocations, payment.unallocated)
    _write(payment, allocations, actor=actor)
    data = [{"invoice": a.invoice and a.invoice.number, "order": a.order and a.order.number, "amount": a.amount}
            for a in allocations]  # fmt: skip
    payment = perform(payment, "allocate", actor=actor, data=data)
    _place(payment)
    return payment


def discard_payment(payment: Payment, *, actor: User) -> Payment:
    """没确认的登记作废（第六章，收款）。"""
    return perform(payment, "discard", actor=actor)


@together
def reverse_payment(payment: Payment, reason: str, *, actor: User) -> Payment:
    """冲销：写明理由，落在各行上的一笔一笔冲回（第六章，收款）。"""
    payment = perform(payment, "reverse", actor=actor, reason=reason)
    PaymentReversal.objects.create(payment=payment, day=clock.today(), reason=reason.strip(), by=actor)
    columns = ("allocation_id", "order_id", "order_line_id", "invoice_line_id")
    standing = lines_of(payment).values(*columns).annotate(total=Sum("amount")).exclude(total=0).order_by(*columns)
    AllocationLine.objects.bulk_create(
        AllocationLine(
            **{column: row[column] for column in columns},
            amount=-row["total"],
            cause=AllocationLine.Cause.REVERSED,
            day=clock.today(),
        )
        for row in standing
    )
    payment.__dict__.pop("placing", None)
    return payment


def _check(given: PaymentInput) -> None:
    """What no payment may say, whoever enters it; errors name their field."""
    errors: dict[str, str] = {}
    if given.amount <= 0:
        errors["amount"] = _("金额要大于零，退款请选「退款」")
    if not EARLIEST <= given.date <= clock.today():
        errors["date"] = _("到账日期不能在将来")
    if given.kind == Payment.Kind.DEPOSIT and given.order is None:
        errors["order"] = _("定金要指明是哪张业务单的")
    if given.order and given.order.customer_id != given.customer.pk:
        errors["order"] = _("%(order)s 不是%(customer)s的业务单") % {
            "order": given.order.number,
            "customer": given.customer.called,
        }
    elif given.order and given.order.state in NOT_YET:
        errors["order"] = _("业务单「%(state)s」，不能收它的款") % {"state": given.order.get_state_display()}
    if given.kind == Payment.Kind.REFUND and given.allocations:
        errors["allocations"] = _("退款不分配到发票，请指明业务单")
    if errors:
        raise ValidationError(errors)
    _check_targets(given.allocations, given.customer, given.order.currency if given.order else "CNY")
    _within(given.allocations, given.amount)


def _check_targets(allocations: Sequence[AllocationInput], customer: Customer, currency: str) -> None:
    if len(allocations) > MOST_TARGETS:
        raise ValidationError({"allocations": _("一次最多分到 %(n)d 处") % {"n": MOST_TARGETS}})
    errors: dict[str, str] = {}
    seen: set[tuple[int | None, int | None]] = set()
    for n, one in enumerate(allocations):
        key = (one.invoice and one.invoice.pk, one.order and one.order.pk)
        errors |= {f"allocations.{n}": words for words in _wrong(one, customer, currency, twice=key in seen)}
        seen.add(key)
    if errors:
        raise ValidationError(errors)


def _wrong(one: AllocationInput, customer: Customer, currency: str, *, twice: bool) -> Iterator[str]:
    """What is wrong with one allocation as it was handed in."""
    target = one.invoice or one.order
    if target is None or (one.invoice and one.order):
        yield _("要指明一张发票或一张业务单")
    elif twice:
        yield _("%(target)s 写了两遍") % {"target": target.number}
    elif one.amount <= 0:
        yield _("%(target)s 分配的金额要大于零") % {"target": target.number}
    elif (target.customer_id, target.currency) != (customer.pk, currency):
        yield _("%(target)s 不是%(customer)s的，或币种不同") % {"target": target.number, "customer": customer.called}
    elif one.invoice and one.invoice.is_red:
        yield _("%(target)s 是红字发票，不能收款") % {"target": target.number}


def _within(allocations: Sequence[AllocationInput], amount: Decimal) -> None:
    given = sum((one.amount for one in allocations), Decimal(0))
    if given > amount:
        words = _("分配合计 %(given)s 元，超过可分的 %(amount)s 元") % {"given": given, "amount": amount}
        raise ValidationError({"allocations": words})


def _targets(given: PaymentInput) -> Sequence[AllocationInput]:
    """A payment that names an order and nothing else goes there whole."""
    if given.order and not given.allocations:
        return [AllocationInput(given.amount, order=given.order)]
    return given.allocations


def _write(payment: Payment, allocations: Sequence[AllocationInput], *, actor: User) -> None:
    Allocation.objects.bulk_create(
        Allocation(payment=payment, invoice=one.invoice, order=one.order, amount=one.amount, by=actor)
        for one in allocations
    )
    payment.__dict__.pop("placing", None)


def _place(payment: Payment) -> None:
    """Put what is pending on its lines; money on an order goes on to invoices that stand open there."""
    shares = payment.placing.shares()
    AllocationLine.objects.bulk_create(
        AllocationLine(
            allocation=share.allocation,
            order_id=share.room.order_id,
            order_line_id=share.room.order_line_id,
            invoice_line_id=share.room.invoice_line_id,
            amount=payment.sign * share.amount,
            day=payment.date,
        )
        for share in shares
    )
    prepaid = {share.room.order_line_id for share in shares if share.room.invoice_line_id is None}
    if prepaid and payment.sign > 0:
        settle(prepaid, day=clock.today())
    payment.placing.done()


def _draw_on_unallocated(refund: Payment, *, actor: User) -> None:
    """没指明业务单的退款，从客户未分配的收款里出，先到先出；锁住那些收款再数（I7）。"""
    held = Payment.objects.standing().filter(customer=refund.customer_id).exclude(kind=Payment.Kind.REFUND)
    list(held.order_by("pk").select_for_update(no_key=True, of=("self",)))
    wanted = refund.amount
    made = []
    for payment, left in refund.placing.sources:
        part = min(left, wanted)
        if part > 0:
            made.append(Allocation(payment=payment, refund=refund, amount=part, by=actor))
            wanted -= part
    if wanted:
        refund.__dict__.pop("_guard_answers", None)
        raise Blocked(refund_is_covered.refusals(refund))
    Allocation.objects.bulk_create(made)
