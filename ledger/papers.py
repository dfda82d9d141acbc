"""附件5 《发出商品台账》: what its paper is filled with, and how it is drawn and logged (B7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ledger.forms import LedgerFilter
from ledger.listing import Group, Totals, figures_of, groups_of
from ledger.models import Extract
from ledger.rows import Row
from papers.models import Paper
from papers.numbering import next_number
from papers.services import file_paper, frame
from papers.shapes import LedgerGroup, LedgerRow, LedgerSnapshot, LedgerSums
from parties.models import User
from workflow import clock
from workflow.machine import together

KIND = "ledger"
SERIES = {Extract.Form.PDF: "FC", Extract.Form.XLSX: "EX"}


@together
def print_ledger(form: LedgerFilter, *, actor: User) -> Paper:
    """印出台账：取号、登记，内容一次写定归档（第六章，B7）。"""
    groups = groups_of(form)
    extract = log_extract(Extract.Form.PDF, form, sum(len(group.rows) for group in groups), actor=actor)
    snapshot = ledger_snapshot(form, groups, number=extract.number, actor=actor)
    return file_paper(kind=KIND, about=extract.about, number=extract.number, version=1, snapshot=snapshot, actor=actor)


@together
def log_extract(form: str, asked: LedgerFilter, rows: int, *, actor: User) -> Extract:
    """登记一次导出或印出：谁、按什么条件、多少行（B7）。"""
    if not actor.may("ledger.view"):
        raise PermissionDenied(_("台账不归您看"))
    kept = {name: str(asked.data.get(name)) for name in asked.fields if asked.data.get(name)}
    extract: Extract = Extract.objects.create(
        number=next_number(SERIES[Extract.Form(form)]), form=form, asked=kept, rows=rows, by=actor
    )
    return extract


@together
def export_ledger(form: LedgerFilter, write: Callable[[str], int], *, actor: User) -> Extract:
    """导出台账：写完再登记，行数是真写了多少（B7）。"""
    said = _("发出商品台账　%(name)s　%(at)s") % {"name": actor, "at": f"{clock.now():%Y-%m-%d %H:%M}"}
    return log_extract(Extract.Form.XLSX, form, write(said), actor=actor)


def ledger_snapshot(form: LedgerFilter, groups: list[Group], *, number: str, actor: User) -> LedgerSnapshot:
    """附件5 的内容：期间、分客户、期初与期末（第六章）。"""
    where, figures = form.where, figures_of(form.where)
    start = where.first or min((row.entry.day for group in groups for row in group.rows), default=clock.today())
    return LedgerSnapshot(
        **frame(
            kind=KIND,
            number=number,
            prepared_by=actor,
            prepared_at=clock.now(),
            signatures=[{"act": _("制表"), "role": "", "name": str(actor), "at": clock.now()}],
        ),
        coordinator=str(where.coordinator or _("全部")),
        period_from=start,
        period_to=where.last or clock.today(),
        customers=str(where.customer) if where.customer else _("全部（%(n)d 户）") % {"n": len(groups)},
        currency_note=_("元，含税"),
        groups=_numbered(groups),
        totals=_sums(figures.sums),
        opening_receivable=figures.opening.receivable,
        adjustments=figures.period.adjusted,
        closing_receivable=figures.closing.receivable,
        closing_uninvoiced=figures.closing.uninvoiced,
        invoiced_unpaid=figures.closing.invoiced_unpaid,
        closed=False,
    )


def _numbered(groups: list[Group]) -> list[LedgerGroup]:
    made, no = [], 0
    for group in groups:
        rows = [_row(row, place) for place, row in enumerate(group.rows, start=no + 1)]
        no += len(rows)
        made.append(_group(group, rows))
    return made


def _group(group: Group, rows: list[LedgerRow]) -> LedgerGroup:
    customer, order = group.customer, group.rows[0].entry.order
    late = max((row.days_late for row in group.rows), default=0)
    return LedgerGroup(
        customer={"name": customer.name, "code": customer.code},
        terms=order.get_payment_terms_display(),
        salesperson=str(order.salesperson or ""),
        opening_uninvoiced=group.opening.uninvoiced,
        opening_receivable=group.opening.receivable,
        age=_("逾期 %(n)d 天") % {"n": late} if late else _("未到期"),
        rows=rows,
        sums=_sums(group.sums),
    )


def _sums(totals: Totals) -> LedgerSums:
    return LedgerSums(
        net_amount=totals.net_amount,
        invoiced_amount=totals.invoiced,
        uninvoiced_amount=totals.uninvoiced,
        received_amount=totals.received,
        receivable=totals.receivable,
    )


def _row(row: Row, no: int) -> LedgerRow:
    entry = row.entry
    number, date = row.invoices[-1] if row.invoices else ("", "")
    due: Any = row.due if row.receivable > 0 else ""
    paid: dt.date | str = row.paid_on or ""
    return LedgerRow(
        no=no,
        dispatched_on=entry.day,
        received_on=entry.signed_on or "",
        delivery_number=entry.delivery_number,
        order_number=entry.order.number,
        customer_po=entry.order.customer_po,
        statement_number="",
        name=entry.order_line.product_name,
        specification=entry.order_line.specification,
        unit=entry.order_line.unit,
        shipped=entry.quantity,
        returned=row.returned,
        price=entry.unit_price,
        net_amount=row.net_amount,
        invoice_number=number[-8:],
        invoice_date=date,
        invoiced_amount=row.invoiced,
        invoiced_quantity=row.invoiced_quantity,
        uninvoiced_amount=row.uninvoiced,
        uninvoiced_quantity=row.uninvoiced_quantity,
        received_amount=row.received,
        payment_date=paid,
        receivable=row.receivable,
        invoiced_unpaid=row.invoiced_unpaid,
        due=due,
        age=row.age,
        remark=row.remark,
    )
