"""The places of an order that a remark can be tied to, named as the API names them (A6.1e)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.guards import REQUIREMENT_NAMES
from orders.models import Order, OrderLine, OrderReturn, ReturnRemark, State
from workflow.forms import clean_words

HEAD = (
    "business_kind", "customer", "customer_po", "received_at", "requested_date", "payment_terms", "tax_rate",
    "salesperson", "basis", "confirmed_with", "confirmed_at",
)  # fmt: skip
WISHES = ("standard", "packing", "colour", "sample", "marks", "other")
COLUMNS = (
    "product_name", "specification", "material", "printing", "finishing", "unit", "quantity", "spare_quantity",
    "unit_price", "requested_date",
)  # fmt: skip
SCANS = "attachments"
MOST, LONGEST = 40, 300


@dataclass(frozen=True)
class Place:
    """One field of one order: its name in the API, its words on the page, its line."""

    field: str
    label: str
    line_id: int | None = None


def places(order: Order) -> list[Place]:
    """Every field that a supervisor may remark on: the head, the scans, the wishes, each line's columns."""
    head = [Place(name, str(Order._meta.get_field(name).verbose_name)) for name in HEAD]  # type: ignore[union-attr]
    wishes = [Place(f"requirements.{name}", _(REQUIREMENT_NAMES[name])) for name in WISHES]
    lines = [place for number, line in enumerate(order.lines_now) for place in line_places(number, line)]
    return [*head, Place(SCANS, _("扫描件")), *wishes, *lines]


def line_places(number: int, line: OrderLine) -> list[Place]:
    """The columns of one line; `lines.0.specification` as in the API's errors."""
    where = _("第 %(n)s 行「%(product)s」") % {"n": number + 1, "product": line.product_name}
    names = {column: str(OrderLine._meta.get_field(column).verbose_name) for column in COLUMNS}  # type: ignore[union-attr]
    return [Place(f"lines.{number}.{column}", where + name, line.pk) for column, name in names.items()]


def remarks_on(order: Order, given: Mapping[str, str]) -> list[ReturnRemark]:
    """The remarks as they will be kept, in the order of the page; a place that is none is refused."""
    known = {place.field: place for place in places(order)}
    errors = {
        f"remarks.{field}": _("没有「%(field)s」这一栏") % {"field": field[:60]} for field in given.keys() - known
    }
    if errors or len(given) > MOST:
        raise ValidationError(errors or {"remarks": _("意见最多 %(n)d 条") % {"n": MOST}})
    kept = []
    for field, place in known.items():
        if words := clean_words(given.get(field, "")):
            if len(words) > LONGEST:
                raise ValidationError({f"remarks.{field}": _("最多 %(n)d 个字") % {"n": LONGEST}})
            kept.append(ReturnRemark(field=field, line_id=place.line_id, label=place.label[:200], words=words))
    return kept


def standing_return(order: Order | None) -> OrderReturn | None:
    """主任退回、还没再提交时的那一次退回，连同意见（A6.1e）。"""
    if order is None or order.state != State.DRAFT or not order.returned_reason:
        return None
    last: OrderReturn | None = order.returns.select_related("by").prefetch_related("remarks").order_by("-pk").first()
    return last
