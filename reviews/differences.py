"""更改对照：一项一项，旧的划去，新的写明；页面、纸面、评审看的是同一份（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.guards import REQUIREMENT_NAMES
from papers import shapes
from papers.canonical import plain
from reviews.models import ChangeLine, ChangeRequest, Notice
from reviews.papers import breakdown_words
from workflow.templatetags.wording import quantity

NAMES = {
    "quantity": gettext_lazy("数量"),
    "unit_price": gettext_lazy("单价"),
    "requested_date": gettext_lazy("要求交期"),
    "specification": gettext_lazy("规格"),
    "breakdown": gettext_lazy("颜色尺码"),
}
DETAILS = (
    ("material", gettext_lazy("材料")),
    ("printing", gettext_lazy("印刷")),
    ("finishing", gettext_lazy("后加工")),
)
FIGURES = (
    (gettext_lazy("数量"), ("ordered", "spare", "production")),
    (gettext_lazy("要求交期"), ("requested",)),
    (gettext_lazy("承诺交期"), ("promised",)),
)


# --- on pages and in the API: what was asked --------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """One thing that a change asks for: of which line, what it was, what it is to be."""

    line: str
    product: str
    item: str
    old: str
    new: str
    column: str = ""

    @property
    def money(self) -> bool:
        """Whether only those who see money see it (B7)."""
        return self.column == "unit_price"


def asked(change: ChangeRequest, *, money: bool) -> list[Asked]:
    """这份更改要改的每一项；价格只给看得见钱的人（B7）。"""
    if change.cancel:
        return [Asked("", "", _("整单取消"), _("照做"), _("取消"))]
    rows = [row for line in change.lines_now for row in _asked(line, money)]
    return [row for row in rows if money or not row.money]


def _asked(line: ChangeLine, money: bool) -> Iterator[Asked]:
    if line.kind == ChangeLine.Kind.ADD:
        figures = [f"{quantity(line.quantity)} {line.unit}", line.specification or ""]
        if money:
            figures.insert(1, _("单价 %(price)s") % {"price": quantity(line.unit_price)})
        if line.requested_date:
            figures.append(_("%(day)s 要") % {"day": line.requested_date.isoformat()})
        yield Asked(
            _("新"),
            line.product_name,
            _("新增一项费用") if line.fee else _("新增一行"),
            "—",
            "，".join(part for part in figures if part),
        )
        for item, said in _details(line):
            yield Asked(_("新"), line.product_name, item, "—", said)
        return
    place, product = str(line.line.position), line.line.product_name  # type: ignore[union-attr]
    if line.kind == ChangeLine.Kind.CLOSE:
        unit = line.line.unit  # type: ignore[union-attr]
        ends = _("不再收这项费用") if line.line.fee else _("不再生产、不再发货")  # type: ignore[union-attr]
        yield Asked(place, product, _("关闭这一行"), f"{quantity(line.was_quantity)} {unit}", ends)
        return
    for name, value in line.change.values.items():
        old, new = getattr(line, f"was_{name}"), value
        was, now = cells_apart(old, new) if name == "breakdown" else (_said(old), _said(new))
        yield Asked(place, product, str(NAMES[name]), was, now, name)


def _details(line: ChangeLine) -> Iterator[tuple[str, str]]:
    """What is written of an added line: its kind, its material, its requirements, its colours and sizes (A6.1d)."""
    if line.business_kind is not None:
        yield _("业务种类"), line.business_kind.name
    if line.spare_quantity:
        yield _("备品"), f"{quantity(line.spare_quantity)} {line.unit}"
    for name, label in DETAILS:
        if said := getattr(line, name):
            yield str(label), said
    for key, said in line.requirements.items():
        if said:
            yield _(REQUIREMENT_NAMES.get(key, key)), str(said)
    if line.breakdown:
        yield _("颜色尺码"), breakdown_words(line.breakdown)


def cells_apart(old: Sequence[dict[str, str]], new: Sequence[dict[str, str]]) -> tuple[str, str]:
    """颜色尺码只写不同的格：红 M 600 → 红 M 700；没有的写不要、新加（C6）。"""
    before, after = ({(one["colour"], one["size"]): one["quantity"] for one in cells} for cells in (old, new))
    apart = [cell for cell in dict.fromkeys([*before, *after]) if before.get(cell) != after.get(cell)]
    was = [_cell(cell, before.get(cell, "")) for cell in apart if cell in before]
    now = [_cell(cell, after.get(cell, _("不要"))) for cell in apart]
    rest = _("，其余 %(n)d 格不变") % {"n": len(after) - sum(cell in after for cell in apart)}
    kept = rest if len(after) > sum(cell in after for cell in apart) else ""
    return "、".join(was) or "—", ("、".join(now) or "—") + kept


def _cell(cell: tuple[str, str], said: str) -> str:
    return " ".join(part for part in (*cell, said) if part)


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return quantity(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value) or "—"


# --- on the notice: what differs from the old one ---------------------------------------------------------------------
class Marks:
    """The differences of a notice from the one it replaces, each with its 改n."""

    def __init__(self, reason: str) -> None:
        self.rows: list[shapes.Difference] = []
        self.reason = reason

    def add(self, lines: str, item: Any, old: str, new: str) -> str:
        """One more row of 更改对照, or one more line on a row that says the same of another; its reference."""
        for row in self.rows:
            if lines and (row["item"], row["old"], row["new"]) == (str(item), old, new):
                row["lines"] = _("%(so_far)s、%(more)s") % {"so_far": row["lines"], "more": lines}
                return row["ref"]
        ref = _("改%(n)s") % {"n": len(self.rows) + 1}
        row = shapes.Difference(ref=ref, lines=lines, item=str(item), old=old, new=new, reason=self.reason)
        self.rows.append(row)
        return ref


def marked(content: dict[str, Any], change: ChangeRequest, old: Notice) -> dict[str, Any]:
    """通知单（更改）的内容：与旧单不同的每一处都标明改几，再加更改对照（第二十二条）。"""
    marks = Marks(change.reason)
    if content["business_kind"] != old.content["business_kind"]:
        marks.add("", _("业务种类"), old.content["business_kind"], content["business_kind"])
    before = {line["no"]: line for line in old.content["lines"]}
    for line in content["lines"]:
        _mark_line(line, before.get(line["no"]), marks)
    if change.cancel:
        marks.add("", _("整单取消"), _("照做"), _("取消：停止生产、外协、发货，旧单交回"))
    for line in change.lines_now:
        if line.line.fee if line.line else line.fee:
            marks.add("", _("费用"), "—", _("按更改单，不随单公布"))
        elif line.unit_price is not None and line.kind == ChangeLine.Kind.CHANGE:
            marks.add(str(line.line.position), _("单价"), "—", _("按更改单，不随单公布"))  # type: ignore[union-attr]
    _mark_milestones(content, old.content)
    if content["delivery_date"] != old.content["delivery_date"]:
        ref = _of_item(marks, _("承诺交期")) or marks.add(
            "", _("交货日期"), old.content["delivery_date"], content["delivery_date"]
        )
        content["delivery_was"] = shapes.Was(ref=ref, old=old.content["delivery_date"])
    basis = change.basis or _("客户来函")
    content["change"] = shapes.Change(of=old.number, request=change.number, basis=basis, differences=marks.rows)
    found: dict[str, Any] = plain(content)
    return found


def _mark_line(line: dict[str, Any], before: dict[str, Any] | None, marks: Marks) -> None:
    place = str(line["no"])
    if before is None:
        marks.add(place, _("新增一行"), "—", f"{line['name']} {quantity(line['ordered'])} {line['unit']}")
        return
    if line.get("closed") and not before.get("closed"):
        was = f"{quantity(before['ordered'])} {line['unit']}"
        marks.add(place, _("关闭这一行"), was, _("不再生产、不再发货"))
    for item, names in FIGURES:
        changed = [name for name in names if line[name] != before[name]]
        if changed:
            ref = marks.add(place, item, _figure(before, changed[0]), _figure(line, changed[0]))
            olds = {name: shapes.Was(ref=ref, old=str(before[name])) for name in changed}
            line["changes"] = line.get("changes", {}) | olds
    _mark_details(line, before, marks)


def _figure(line: dict[str, Any], name: str) -> str:
    return f"{quantity(line[name])} {line['unit']}" if name in {"ordered", "spare", "production"} else str(line[name])


def _mark_details(line: dict[str, Any], before: dict[str, Any], marks: Marks) -> None:
    said = {detail["label"]: detail["text"] for detail in before["details"]}
    for detail in line["details"]:
        old = said.get(detail["label"], "")
        if detail["text"] != old:
            ref = marks.add(str(line["no"]), detail["label"], old or "—", detail["text"])
            detail["was"] = shapes.Was(ref=ref, old=old)


def _mark_milestones(content: dict[str, Any], before: dict[str, Any]) -> None:
    planned = {(stone["department"], stone["name"]): stone["planned"] for stone in before["milestones"]}
    for stone in content["milestones"]:
        old = planned.get((stone["department"], stone["name"]))
        if old and old != stone["planned"]:
            stone["was"] = shapes.Was(ref="", old=old)


def _of_item(marks: Marks, item: str) -> str:
    return next((row["ref"] for row in marks.rows if row["item"] == item), "")
