"""The ledger as a spreadsheet: written row by row in constant memory; what looks like a formula stays text (B7)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.rows import Row, rows_of

BATCH = 1000
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Value = Callable[[Row], Any]

# 附件5 的各列：名称、宽、取什么。
COLUMNS: tuple[tuple[Any, int, Value], ...] = (
    (gettext_lazy("发货日期"), 11, lambda row: row.entry.day),
    (gettext_lazy("客户编号"), 10, lambda row: row.entry.order.customer.code),
    (gettext_lazy("客户"), 24, lambda row: row.entry.order.customer_name),
    (gettext_lazy("业务单号"), 14, lambda row: row.entry.order.number),
    (gettext_lazy("客户订单号"), 16, lambda row: row.entry.order.customer_po),
    (gettext_lazy("品名"), 18, lambda row: row.entry.order_line.product_name),
    (gettext_lazy("规格"), 24, lambda row: row.entry.order_line.specification),
    (gettext_lazy("单位"), 6, lambda row: row.entry.order_line.unit),
    (gettext_lazy("送货单号"), 14, lambda row: row.entry.delivery_number),
    (gettext_lazy("发出数量"), 12, lambda row: row.entry.quantity),
    (gettext_lazy("退货数量"), 12, lambda row: row.returned),
    (gettext_lazy("含税单价"), 12, lambda row: row.entry.unit_price),
    (gettext_lazy("净发金额"), 14, lambda row: row.net_amount),
    (gettext_lazy("签收日期"), 11, lambda row: row.entry.signed_on),
    (gettext_lazy("发票号码"), 20, lambda row: "、".join(number for number, _day in row.invoices)),
    (gettext_lazy("开票日期"), 11, lambda row: row.invoices[-1][1] if row.invoices else None),
    (gettext_lazy("已开票数量"), 12, lambda row: row.invoiced_quantity),
    (gettext_lazy("已开票金额"), 14, lambda row: row.invoiced),
    (gettext_lazy("未开票数量"), 12, lambda row: row.uninvoiced_quantity),
    (gettext_lazy("未开票金额"), 14, lambda row: row.uninvoiced),
    (gettext_lazy("到期日"), 11, lambda row: row.due),
    (gettext_lazy("已收金额"), 14, lambda row: row.received),
    (gettext_lazy("收款日期"), 11, lambda row: row.paid_on),
    (gettext_lazy("应收余额"), 14, lambda row: row.receivable),
    (gettext_lazy("逾期天数"), 9, lambda row: row.days_late),
    (gettext_lazy("跟单员"), 9, lambda row: str(row.entry.order.coordinator)),
    (gettext_lazy("业务员"), 9, lambda row: str(row.entry.order.salesperson or "")),
    (gettext_lazy("备注"), 24, lambda row: row.remark),
)


def write_ledger(target: Path, entries: QuerySet[Any], until: dt.date | None, said: str) -> int:
    """Write the rows to a workbook, a thousand at a time; `said` (who, when, what) stands above the head. How many."""
    with xlsxwriter.Workbook(target, SAFE) as book:
        sheet = book.add_worksheet(_("发出商品台账"))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_string(0, 0, safe(said))
        for place, (name, width, _value) in enumerate(COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, str(name), bold)
        sheet.freeze_panes(2, 0)
        count = 0
        for row in _in_batches(entries, until):
            for place, (_name, _width, value) in enumerate(COLUMNS):
                _cell(sheet, count + 2, place, value(row), day)
            count += 1
    return count


def _in_batches(entries: QuerySet[Any], until: dt.date | None) -> Iterator[Row]:
    found = entries.order_by("day", "id").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from rows_of(batch, until)


def _cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, safe(str(value)))


def safe(text: str) -> str:
    """A text as a cell may hold it: never a formula (it is written as text), without control characters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")[:32000]
