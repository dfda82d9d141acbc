"""The facts an order's moves wait for, each with its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow.guards import guard

if TYPE_CHECKING:
    from orders.models import Order, OrderLine

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


@guard("还没有明细，至少要有一行货", article="第六条", rule="A6.1d")
def has_lines(order: Order) -> bool:
    """订单总要订点什么；光有费用不成单。"""
    return bool(order.goods_now)


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
    if order.basis != "fax" or not order.kind.turned_on("fax_talk"):
        return True
    return bool(order.confirmed_with and order.confirmed_at)


@guard(article="第六条", rule="A6.1f")
def customer_has_amended(order: Order) -> Iterator[str]:
    """不符合要求的单，客户改好了才提交。"""
    for reason in order.nonconformities.exclude(state="settled").values_list("reason", flat=True):
        yield _("不符合要求，客户还没改好：%(reason)s") % {"reason": reason}


@guard("最近一次跟客户谈定的与评审结果不同，请重新评审", article="第二十条", rule="A20.6")
def customer_agreed_nothing_else(order: Order) -> bool:
    """谈定了别的，就不能按评审结果签发；客户后来同意了，再记一次。"""
    latest = order.negotiations.order_by("-pk").first()
    return latest is None or bool(latest.outcome != "different")


@guard(article="C类 退货", rule="C5")
def not_on_a_return_day(order: Order) -> Iterator[str]:
    """确认了的退货日，不收单、不下单。"""
    from orders.timing import suspended

    yield from suspended(order)


@guard(article="C类 服装印染", rule="C6")
def lines_are_broken_down(order: Order) -> Iterator[str]:
    """要分颜色尺码的种类，每一行都分了。"""
    for _place, words in not_broken_down(order):
        yield words


def not_broken_down(order: Order) -> Iterator[tuple[str, str]]:
    """The lines whose kind asks for colours and sizes that nobody has given: (place, sentence)."""
    for line in order.goods_now:
        yield from _not_broken_down(line)


def _not_broken_down(line: OrderLine) -> Iterator[tuple[str, str]]:
    if line.kind.turned_on("breakdown") and not line.breakdown:
        words = _("第 %(n)s 行「%(product)s」还没有分颜色、尺码")
        yield f"lines.{line.position}.quantity", words % {"n": line.position, "product": line.product_name}


@guard(article="C类 下单", rule="C3b")
def release_is_confirmed(order: Order) -> Iterator[str]:
    """接单、下单分两步的种类，下单要业务员的书面话和客户的再确认；付清或担保单由台账章来问。"""
    if order.kind.release_days is None:
        return
    said = set(order.release_words.values_list("what", flat=True))
    if "salesperson" not in said:
        yield _("还没有业务员的书面确认")
    if "customer" not in said:
        yield _("客户还没有再确认")


def missing_details(order: Order) -> Iterator[tuple[str, str]]:
    """What a submission still leaves empty: (its field, the sentence); for guards and the form's side panel."""
    wanted = {key: kind for kind in reversed(order.kinds) for key in kind.required_order}
    for key, kind in wanted.items():
        if not str(order.requirements.get(key, "")).strip():
            yield (
                f"requirements.{key}",
                _("没填%(what)s，%(kind)s必填") % {"what": _(REQUIREMENT_NAMES.get(key, key)), "kind": kind.name},
            )
    for line in order.goods_now:
        yield from _missing_in_line(line, line.kind.required_line)


def _missing_in_line(line: OrderLine, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in wanted:
        value = getattr(line, key, "") or line.requirements.get(key, "")
        if not str(value).strip():
            yield (
                f"lines.{line.position}.{key}",
                _("第 %(n)s 行「%(product)s」没有%(what)s")
                % {"n": line.position, "product": line.product_name, "what": _(REQUIREMENT_NAMES.get(key, key))},
            )


def missing_after_change(after: Order, touched: Iterable[OrderLine]) -> Iterator[str]:
    """更改动到的各行还缺什么，与提交时一样（第六条）；新带进来的种类要的整单要求，写在这一行上也算（A6.4e）。"""
    known = {after.kind.code, *(line.kind.code for line in after.lines_now if line.pk is not None)}
    said = {key for key, value in after.requirements.items() if str(value).strip()}
    for line in touched:
        if line.fee:
            continue
        brought = () if line.kind.code in known else line.kind.required_order
        wanted = dict.fromkeys([*line.kind.required_line, *(key for key in brought if key not in said)])
        for _place, words in (*_missing_in_line(line, wanted), *_not_broken_down(line)):
            yield words
