"""Two versions of an order side by side, from their snapshots (B7、第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.guards import REQUIREMENT_NAMES
from orders.models import Order, OrderVersion
from parties.models.customer import PaymentTerms
from workflow.templatetags.wording import money, price, quantity

HEAD = {
    "customer_po": gettext_lazy("客户单号"),
    "requested_date": gettext_lazy("要求交期"),
    "payment_terms": gettext_lazy("付款方式"),
    "amount": gettext_lazy("含税合计"),
}
LINE = {
    "product_name": gettext_lazy("品名"),
    "specification": gettext_lazy("规格"),
    "material": gettext_lazy("材料"),
    "printing": gettext_lazy("印刷"),
    "finishing": gettext_lazy("后加工"),
    "quantity": gettext_lazy("数量"),
    "spare_quantity": gettext_lazy("备品"),
    "unit_price": gettext_lazy("单价"),
    "amount": gettext_lazy("金额"),
    "requested_date": gettext_lazy("要求交期"),
    "closed": gettext_lazy("关闭"),
}
MONEY = frozenset({"amount", "unit_price", "payment_terms"})


@dataclass(frozen=True)
class Cell:
    """One thing that an order says, in both versions."""

    place: str
    label: str
    old: str
    new: str

    @property
    def differs(self) -> bool:
        """Whether the two versions say different things."""
        return self.old != self.new


def compare(old: OrderVersion, new: OrderVersion, *, money: bool) -> list[Cell]:
    """两版逐项对照；价格只给看得见钱的人（B7）。"""
    return list(_cells(old.content, new.content, money))


def versions_of(order: Order) -> list[OrderVersion]:
    """存下的各版，新的在前。"""
    return list(OrderVersion.objects.filter(order=order).select_related("made_by").order_by("-version"))


def _cells(old: dict[str, Any], new: dict[str, Any], money: bool) -> Iterator[Cell]:
    for key, label in HEAD.items():
        if money or key not in MONEY:
            yield Cell(_("整单"), str(label), _said(key, old.get(key)), _said(key, new.get(key)))
    for key in dict.fromkeys([*old["requirements"], *new["requirements"]]):
        name = _(REQUIREMENT_NAMES.get(key, key))
        yield Cell(_("整单"), name, str(old["requirements"].get(key, "")), str(new["requirements"].get(key, "")))
    before, after = ({line["id"]: line for line in content["lines"]} for content in (old, new))
    for pk in dict.fromkeys([*before, *after]):
        yield from _line_cells(before.get(pk, {}), after.get(pk, {}), money)


def _line_cells(old: dict[str, Any], new: dict[str, Any], money: bool) -> Iterator[Cell]:
    place = _("第 %(n)s 行") % {"n": (new or old)["position"]}
    for key, label in LINE.items():
        if money or key not in MONEY:
            yield Cell(place, str(label), _said(key, old.get(key)), _said(key, new.get(key)))


def _said(key: str, value: Any) -> str:
    if value in (None, "", False):
        return "—"
    if value is True:
        return _("已关闭")
    if key == "unit_price":
        return price(value)
    if key == "amount":
        return money(value)
    if key == "payment_terms":
        return str(PaymentTerms(value).label)
    return quantity(value) if key in {"quantity", "spare_quantity"} else str(value)
