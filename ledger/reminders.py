"""What is due in the sixth chapter: goods to invoice, money overdue, payments to confirm and to place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Min, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger import credit
from ledger.balances import AMOUNT, postings
from ledger.models import Payment
from orders.models import KindVersion, Order, State
from parties.models import Department
from parties.roles import Function
from workflow import clock
from workflow.duties import Due, Scope, reminder
from workflow.templatetags.wording import day, money

INVOICE_WITHIN = dt.timedelta(days=7)
SETTLE_WITHIN = dt.timedelta(days=10)
CONFIRM_WITHIN = dt.timedelta(days=1)
OPEN = (State.PRODUCING, State.SHIPPING, State.COLLECTING)
EVENING = dt.time(18, 0)
SHOWN = 50


def keeper() -> int | None:
    """财务部第一负责人：没有指到人的财务事项归他。"""
    return Department.objects.filter(function=Function.FINANCE).values_list("head", flat=True).first()


@reminder(rule="A63", article="第六章，开票", right="ledger.create_invoice")
def goods_to_invoice(scope: Scope) -> Iterator[Due]:
    """货发了还没开票，提醒财务，发货后七天内开（第六章，开票）。"""
    holder = keeper()
    if holder is None or (scope.holder is not None and scope.holder.pk != holder):
        return
    left = Sum(F("shipped_amount") - F("invoiced"), output_field=AMOUNT)
    rows = postings(order__state__in=OPEN).values("order")
    rows = rows.annotate(left=left, since=Min("day", filter=Q(shipped__gt=0))).filter(left__gt=0).order_by("since")
    found = list(rows.values_list("order", "left", "since")[: SHOWN if scope.holder else None])
    orders = Order.objects.in_bulk([pk for pk, _left, _since in found])
    for pk, amount, since in found:
        order = orders[pk]
        yield Due(
            about=order.about,
            holder_id=holder,
            by=_evening(since + INVOICE_WITHIN),
            title=_("开发票"),
            words=_("%(day)s 起发货，未开票 %(amount)s 元。") % {"day": day(since), "amount": money(amount)},
            url=f"{reverse('ledger:new_invoice')}?order={order.number}",
            button=_("开发票"),
            subject=order.subject,
        )


@reminder(rule="A6.6", article="第六章，收款", right="ledger.view")
def receivable_overdue(scope: Scope) -> Iterator[Due]:
    """应收逾期，提醒跟单员同业务员一起催，报主任（第六章，收款）。"""
    late = credit.overdue_rows(today=scope.today, order__state__in=(*OPEN, State.COMPLETED))
    found = {row["order"]: row["owed"] for row in scope.each(scope.of(late, holder="order__coordinator"))}
    if not found:
        return
    orders = Order.objects.select_related("team", "salesperson").in_bulk(list(found))
    since = dict(
        postings(order__in=list(found)).values_list("order").annotate(since=Min("day", filter=Q(shipped__gt=0)))
    )
    for pk, order in orders.items():
        due = credit.due_day(order.payment_terms, since[pk] or clock.today())
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=_evening(due),
            title=_("催收货款"),
            words=_overdue_words(order, found[pk], due),
            url=credit.ledger_tab(order),
            button=_("看台账"),
            subject=order.subject,
            climbs_to_id=order.supervisor_id,
        )


def _overdue_words(order: Order, amount: Decimal, due: dt.date) -> str:
    figures = {"amount": money(amount), "day": day(due), "who": order.salesperson or _("未指定")}
    return _("逾期 %(amount)s 元，%(day)s 到期，业务员%(who)s。") % figures


@reminder(rule="C8", article="C类 外贸", right="ledger.view")
def settlement_to_follow(scope: Scope) -> Iterator[Due]:
    """发货前要齐单证的种类（外贸），货发了、款没有收齐：跟单员把单证交财务部，跟到结清（C类 外贸）。"""
    versions = list(KindVersion.objects.filter(content__options__papers_before_dispatch__0__isnull=False))
    if not versions:
        return
    rows = postings(order__state__in=(*OPEN, State.COMPLETED), order__kind_version__in=versions)
    rows = scope.of(rows, holder="order__coordinator").values("order")
    left = Sum(F("shipped_amount") + F("adjusted") - F("received"), output_field=AMOUNT)
    rows = rows.annotate(left=left, since=Min("day", filter=Q(shipped__gt=0))).filter(left__gt=0, since__isnull=False)
    found = list(rows.order_by("since", "order").values_list("order", "left", "since"))
    orders = Order.objects.select_related("team").in_bulk([pk for pk, _left, _since in found])
    for pk, amount, since in found:
        order = orders[pk]
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=_evening(since + SETTLE_WITHIN),
            title=_("单证交财务，跟到结汇"),
            words=_("%(day)s 起发货，还有 %(amount)s 元没有结汇到账；单证交财务部，问到结清。")
            % {"day": day(since), "amount": money(amount)},
            url=credit.ledger_tab(order),
            button=_("看台账"),
            subject=f"{order.number} · {order.customer_name}",
            climbs_to_id=order.team.supervisor_id if order.team else None,
        )


@reminder(rule="A53", article="第六章，收款", right="ledger.confirm_payment")
def payment_to_confirm(scope: Scope) -> Iterator[Due]:
    """登记了的收款等财务核对确认：投产和发货都等着它（第六章，收款）。"""
    holder = keeper()
    if holder is None or (scope.holder is not None and scope.holder.pk != holder):
        return
    rows = Payment.objects.filter(state=Payment.State.REGISTERED).order_by("registered_at")
    for payment in scope.each(rows):
        yield Due(
            about=payment.about,
            holder_id=holder,
            by=payment.registered_at + CONFIRM_WITHIN,
            title=_("确认到账"),
            words=_("%(kind)s %(amount)s 元，%(day)s 到账。")
            % {"kind": payment.get_kind_display(), "amount": money(payment.amount), "day": day(payment.date)},
            url=reverse("ledger:payment", args=[payment.pk]),
            button=_("去确认"),
            subject=f"{payment.number} · {payment.customer_name}",
        )


def _evening(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, EVENING))
