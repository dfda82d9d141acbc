"""The page 发出商品台账: rows of annex 5, the figures of the period, groups by customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from ledger.balances import SUMS, Balance, balances_by, postings, total_of
from ledger.forms import LedgerFilter
from ledger.models import Entry
from ledger.rows import Row, rows_of
from ledger.selectors import ENTRY_RELATIONS, Where, unallocated_of
from workflow.shown import Figure
from workflow.templatetags.wording import money

NONE = Decimal(0)
MOST_GROUPED = 500


@dataclass
class Totals:
    """合计：行的合计，或期间发生与期末。"""

    net_amount: Decimal = NONE
    invoiced: Decimal = NONE
    uninvoiced: Decimal = NONE
    received: Decimal = NONE
    receivable: Decimal = NONE
    invoiced_unpaid: Decimal = NONE


@dataclass
class Group:
    """一个客户：期初、各行、小计与期末。"""

    customer: Any
    rows: list[Row]
    opening: Balance
    period: Balance

    @property
    def sums(self) -> Totals:
        """小计：期间发生，未开票与应收是期末（含期初）。"""
        return closing_totals(self.opening, self.period)


@dataclass
class Figures:
    """期初、期间、期末（A62）。"""

    opening: Balance
    period: Balance
    unallocated: Decimal

    @property
    def closing(self) -> Balance:
        """期末 = 期初 + 期间。"""
        return self.opening.plus(self.period)

    @property
    def sums(self) -> Totals:
        """全部：期间发生，未开票与应收是期末。"""
        return closing_totals(self.opening, self.period)


def closing_totals(opening: Balance, period: Balance) -> Totals:
    """What happened in the period, and where it ended."""
    closing = opening.plus(period)
    return Totals(
        period.shipped_amount,
        period.invoiced,
        closing.uninvoiced,
        period.received,
        closing.receivable,
        closing.invoiced_unpaid,
    )


def entries_of(form: LedgerFilter) -> QuerySet[Any]:
    """发出的行，按筛选。"""
    rows: QuerySet[Any] = form.where.of(Entry.objects.goods_out()).select_related(*ENTRY_RELATIONS)
    chip = form.cleaned_data.get("chip")
    behind: QuerySet[Any] = rows.filter(order_line__in=_lines_behind(form.where, chip)) if chip else rows
    return behind


def _lines_behind(where: Where, chip: str) -> QuerySet[Any]:
    """Order lines that still have something to invoice, or to receive."""
    sums = where.of(postings(), dated=False).values("order_line").annotate(**SUMS)
    if chip == "uninvoiced":
        behind = sums.exclude(sum_billable=F("sum_invoiced_quantity"))
    else:
        behind = sums.filter(sum_shipped_amount__gt=F("sum_received") - F("sum_adjusted"))
    found: QuerySet[Any] = behind.values("order_line")
    return found


def figures_of(where: Where) -> Figures:
    """期初、期间、未分配：三次查询。"""
    return Figures(total_of(where.before()), total_of(where.postings()), unallocated_of(where))


def page_totals(rows: Iterable[Row]) -> Totals:
    """本页合计。"""
    rows = list(rows)
    return Totals(**{f.name: sum((getattr(row, f.name) for row in rows), NONE) for f in fields(Totals)})


def groups_of(form: LedgerFilter) -> list[Group]:
    """按客户：每户期初、各行、小计；最多五百行。"""
    entries = entries_of(form).order_by("order__customer__code", "day", "id")[:MOST_GROUPED]
    rows = rows_of(entries, form.where.last)
    opening = balances_by("customer", form.where.before())
    period = balances_by("customer", form.where.postings())
    return list(_grouped(rows, opening, period))


def _grouped(rows: list[Row], opening: dict[int, Balance], period: dict[int, Balance]) -> Iterator[Group]:
    for pk, own in groupby(rows, key=lambda row: row.entry.customer_id):
        found = list(own)
        customer = found[0].entry.order.customer
        yield Group(customer, found, opening.get(pk, Balance()), period.get(pk, Balance()))


def sum_of(label: str, amount: Decimal, *, note: str = "", tone: str = "") -> Figure:
    """A sum of money as a key number."""
    return Figure(label, money(amount), prefix="¥", note=note, tone=tone)


def strip(figures: Figures, form: LedgerFilter) -> list[Figure]:
    """期初 + 净发 ± 调整 − 已收 = 期末，一眼看得出。"""
    period, closing = figures.period, figures.closing
    adjusted = _("调整 %(amount)s") % {"amount": money(period.adjusted)} if period.adjusted else ""
    shown = [
        sum_of(_("净发金额"), period.shipped_amount, note=adjusted),
        sum_of(_("已开票"), period.invoiced),
        sum_of(_("已收款"), period.received, note=_unallocated(figures)),
        sum_of(_("期末未开票"), closing.uninvoiced, note=_("已发出，还没开票")),
        sum_of(_("期末应收"), closing.receivable, note=_("其中已开票 %s") % money(closing.invoiced_unpaid)),
    ]
    if form.first:
        shown.insert(
            0,
            sum_of(
                _("期初应收"),
                figures.opening.receivable,
                note=_("未开票 %s") % money(figures.opening.uninvoiced),
            ),
        )
    return shown


def _unallocated(figures: Figures) -> str:
    return _("另有未分配 %s") % money(figures.unallocated) if figures.unallocated else ""
