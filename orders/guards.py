"""The facts an order's moves wait for, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow.guards import guard

if TYPE_CHECKING:
    from orders.models import Order

REQUIREMENT_NAMES = {
    "standard": "质量标准",
    "packing": "包装要求",
    "colour": "颜色",
    "sample": "样品",
    "marks": "唛头",
    "other": "其他要求",
    "specification": "规格",
    "material": "材料",
    "printing": "印刷",
    "finishing": "后加工",
}


@guard("还没有明细，至少要有一行", article="第六条", rule="A6.1d")
def has_lines(order: Order) -> bool:
    """订单总要订点什么。"""
    return bool(order.lines_now)


@guard("没有客户书面订单，也没有同意的请示", article="第六条", rule="A6.1c")
def has_basis(order: Order) -> bool:
    """口头订单先请示，主任或总监同意了才能提交。"""
    return order.basis != "none" or order.instructions.filter(state="granted").exists()


@guard(article="第六条", rule="A6.1d")
def details_are_complete(order: Order) -> Iterator[str]:
    """业务种类要求的客户要求都写了（整单与每一行）。"""
    for _place, words in missing_details(order):
        yield words


@guard("传真内容还没有跟业务员商量、跟客户电话确认", article="第六条", rule="A6.1f")
def fax_is_talked_over(order: Order) -> bool:
    """种类要求时，传真要电话确认过（谁、何时）才提交。"""
    if order.basis != "fax" or not order.business_kind.options.get("fax_talk"):
        return True
    return bool(order.confirmed_with and order.confirmed_at)


def missing_details(order: Order) -> Iterator[tuple[str, str]]:
    """What a submission still leaves empty: (its field, the sentence); for guards and the form's side panel."""
    kind = order.business_kind
    for key in kind.required_order:
        if not str(order.requirements.get(key, "")).strip():
            yield (
                f"requirements.{key}",
                _("没填%(what)s，%(kind)s必填") % {"what": _(REQUIREMENT_NAMES.get(key, key)), "kind": kind.name},
            )
    for line in order.lines_now:
        for key in kind.required_line:
            value = getattr(line, key, "") or line.requirements.get(key, "")
            if not str(value).strip():
                yield (
                    f"lines.{line.position}.{key}",
                    _("第 %(n)s 行「%(product)s」没有%(what)s")
                    % {"n": line.position, "product": line.product_name, "what": _(REQUIREMENT_NAMES.get(key, key))},
                )
