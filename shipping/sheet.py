"""The sheet of a new delivery or return: every row that could be on it, filled with what is sensible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from orders.models import Order, OrderLine
from shipping.forms import BackForm, LineForm
from shipping.models import Delivery, DeliveryLine, ReturnLine
from shipping.models.standing import Standing
from shipping.selectors import Sendable, sendable, to_replace
from shipping.services import BackInput, LineInput
from workflow.templatetags.wording import plain


@dataclass(frozen=True)
class Row:
    """One row of a new delivery: an order line, or a return to be made good."""

    line: OrderLine
    standing: Standing
    planned: Decimal
    form: LineForm
    replaces: ReturnLine | None = None

    @property
    def given(self) -> LineInput | None:
        """The row as the service takes it; None when nothing of it goes."""
        data = self.form.cleaned_data
        if not data["quantity"]:
            return None
        return LineInput(
            order_line=self.line,
            quantity=data["quantity"],
            spare_quantity=data["spare_quantity"] or Decimal(0),
            replaces=self.replaces,
            packages=int(data["packages"]) if data["packages"] else None,
            remark=data["remark"],
        )


def rows(orders: Iterable[Order], data: QueryDict | None) -> list[Row]:
    """各业务单的各行，预填在库可发的；退回要补的另列，不计价。"""
    orders = list(orders)
    found = [_ordered(one, data) for one in sendable(orders) if not one.line.closed]
    where = {row.line.pk: row.standing for row in found}
    return [*found, *_owed(orders, where, data)]


def _ordered(one: Sendable, data: QueryDict | None) -> Row:
    standing = one.standing
    spare = min(standing.agreed_spare - standing.spared, standing.stored - one.suggested)
    initial = {"quantity": plain(one.suggested) if one.suggested else ""}
    initial["spare_quantity"] = plain(spare) if one.suggested and spare > 0 else ""
    return Row(one.line, standing, one.planned, LineForm(data, prefix=f"l{one.line.pk}", initial=initial))


def _owed(orders: list[Order], where: Mapping[int, Standing], data: QueryDict | None) -> Iterator[Row]:
    for back, left in to_replace(orders):
        form = LineForm(data, prefix=f"r{back.pk}", initial={"quantity": plain(left)})
        yield Row(back.order_line, where.get(back.order_line_id, Standing()), Decimal(0), form, back)


@dataclass(frozen=True)
class BackRow:
    """One row of a return: a delivered line and what of it came back before."""

    line: DeliveryLine
    before: Decimal
    form: BackForm

    @property
    def given(self) -> BackInput | None:
        """The row as the service takes it; None when nothing of it came back."""
        data = self.form.cleaned_data
        return BackInput(self.line, data["quantity"], data["condition"]) if data["quantity"] else None


def back_rows(delivery: Delivery, data: QueryDict | None) -> list[BackRow]:
    """送货单的各行，连同已退回多少。"""
    before: dict[int, Decimal] = {}
    rows = ReturnLine.objects.filter(delivery_line__delivery=delivery).values_list("delivery_line_id", "quantity")
    for pk, quantity in rows:
        before[pk] = before.get(pk, Decimal(0)) + quantity
    return [
        BackRow(line, before.get(line.pk, Decimal(0)), BackForm(data, prefix=f"b{line.pk}"))
        for line in delivery.lines_now
    ]


def valid(rows: Iterable[Any]) -> bool:
    """Whether every row can be read; all are asked, so that each shows its own error."""
    answers = [row.form.is_valid() for row in rows]
    return all(answers)
