"""One change being written: its head, a row for each line of the order, blank rows for new lines. Shapes only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.forms import REQUIREMENTS
from orders.guards import REQUIREMENT_NAMES
from orders.models import BusinessKind, Order, OrderLine, Product
from orders.services import LineChange, LineInput
from orders.services.changing import only_new
from orders.services.release import plain_cells
from reviews.change_cells import CellsField
from reviews.models import ChangeLine, ChangeRequest
from reviews.papers import breakdown_words
from reviews.selectors import named_departments
from reviews.services import ChangeInput
from reviews.services.change import chosen_departments
from workflow.forms import DayField, FigureField, HouseForm, WordsField
from workflow.templatetags.wording import plain

BLANK_ROWS = 3
COLUMNS = ("quantity", "unit_price", "requested_date", "specification")
MAIN = ("product_name", "unit", "quantity", "unit_price", "requested_date", "specification")
HOW = ("material", "printing", "finishing")


class ChangeForm(HouseForm):
    """更改申请的头：为什么改，凭客户的什么，请哪些部门，还是整单取消（第二十二条）。"""

    reason = WordsField(label=gettext_lazy("更改原因"), max_length=500, lines=True)
    basis = WordsField(label=gettext_lazy("客户依据"), max_length=200, required=False)
    cancel = forms.BooleanField(label=gettext_lazy("整单取消"), required=False)
    departments = forms.MultipleChoiceField(label=gettext_lazy("参加评审的部门"), required=False)

    def __init__(self, *args: Any, order: Order, change: ChangeRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [*order.kinds, *(change.changed_order.kinds if change is not None else ())]
        departments = named_departments(code for kind in kinds for code in kind.departments)
        self.known = {each.code: each for each in departments}
        choices = [(code, each.name) for code, each in self.known.items()]
        self.fields["departments"].choices = choices  # type: ignore[attr-defined]
        self.fields["departments"].widget = forms.CheckboxSelectMultiple({"class": "form-check-input"}, choices)


class LineRow(HouseForm):
    """业务单的一行：新值就填在旧值旁边，与旧值一样的不算改（第二十二条）。"""

    quantity = FigureField(label=gettext_lazy("数量"), digits=14, places=3, required=False)
    unit_price = FigureField(label=gettext_lazy("单价"), digits=18, places=6, required=False)
    requested_date = DayField(label=gettext_lazy("要求交期"), required=False)
    specification = WordsField(label=gettext_lazy("规格"), max_length=200, required=False)
    close = forms.BooleanField(label=gettext_lazy("关闭"), required=False)

    breakdown = CellsField(label=gettext_lazy("颜色尺码"))

    def __init__(self, *args: Any, line: OrderLine, asked: ChangeLine | None = None, **kwargs: Any) -> None:
        self.line = line
        super().__init__(*args, prefix=f"line-{line.pk}", initial=_initial(line, asked), **kwargs)
        written = (asked is not None and asked.breakdown is not None) or self.add_prefix("breakdown") in self.data
        if not (written or line.breakdown or line.kind.turned_on("breakdown")):
            del self.fields["breakdown"]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{line.position} {field.label}"

    @property
    def change(self) -> LineChange:
        """What the row asks; the service drops what is as it was."""
        data = self.cleaned_data
        if data["close"]:
            return LineChange(self.line.pk, close=True)
        sent = {name: data[name] for name in (*COLUMNS, "breakdown") if self._sent(name)}
        asked = LineChange(self.line.pk, **sent)
        untouched = asked.quantity == self.line.quantity and only_new(asked, self.line).breakdown is not None
        return replace(asked, quantity=None) if untouched else asked  # new cells bring their own sum

    def _sent(self, name: str) -> bool:
        return name in self.fields and self.add_prefix(name) in self.data

    @property
    def differs(self) -> bool:
        """Whether the service counts this row: it ends the line or says something new of it."""
        asked = only_new(self.change, self.line)
        return asked.close or bool(asked.values)

    @property
    def cells(self) -> forms.BoundField | None:
        """The box of colours and sizes, where the line is made by them."""
        return self["breakdown"] if "breakdown" in self.fields else None

    @property
    def cells_now(self) -> str:
        """How the line is made up now."""
        return breakdown_words(self.line.breakdown)


class AddRow(HouseForm):
    """新增的一行；空着的不算。种类、做法、要求、颜色尺码和登记业务单时一样写得下（A6.1d、A6.4e、C6）。"""

    product_name = WordsField(label=gettext_lazy("品名"), max_length=120, required=False)
    unit = WordsField(label=gettext_lazy("单位"), max_length=10, required=False)
    quantity = FigureField(label=gettext_lazy("数量"), digits=14, places=3, required=False)
    unit_price = FigureField(label=gettext_lazy("单价"), digits=18, places=6, required=False)
    requested_date = DayField(label=gettext_lazy("要求交期"), required=False)
    specification = WordsField(label=gettext_lazy("规格"), max_length=200, required=False)
    fee = forms.BooleanField(label=gettext_lazy("费用"), required=False)

    business_kind = forms.ChoiceField(label=gettext_lazy("业务种类"), required=False)
    spare_quantity = FigureField(label=gettext_lazy("备品"), digits=14, places=3, required=False)
    material = WordsField(label=gettext_lazy("材料"), max_length=200, required=False)
    printing = WordsField(label=gettext_lazy("印刷"), max_length=200, required=False)
    finishing = WordsField(label=gettext_lazy("后加工"), max_length=200, required=False)
    breakdown = CellsField(label=gettext_lazy("颜色尺码"))

    def __init__(
        self, *args: Any, n: int, kinds: Sequence[BusinessKind], asked: ChangeLine | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"add-{n}", initial=_initial_added(asked), **kwargs)
        self.kinds = {kind.code: kind for kind in kinds}
        choices = [("", _("同整单")), *((kind.code, kind.name) for kind in kinds)]
        self.fields["business_kind"].choices = choices  # type: ignore[attr-defined]
        for name in REQUIREMENTS:
            self.fields[name] = WordsField(label=_(REQUIREMENT_NAMES[name]), max_length=500, required=False)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"+{n + 1} {field.label}"
            field.widget.attrs.pop("placeholder", None)

    @property
    def added(self) -> LineChange | None:
        """The line that comes in addition, unless the row is blank."""
        data = self.cleaned_data
        if not any(value for name, value in data.items() if name not in {"unit", "fee"}):
            return None
        code = data["product_name"].split(" ")[0]
        goods = code and not data["fee"]
        product = Product.objects.filter(code=code, active=True).first() if goods else None
        given = {name: data[name] for name in ("unit", "requested_date", "fee", "breakdown", *HOW)}
        return LineChange(
            add=LineInput(
                quantity=data["quantity"] or Decimal(0),
                unit_price=data["unit_price"] or Decimal(0),
                product=product,
                product_name="" if product else data["product_name"],
                specification=data["specification"],
                business_kind=self.kinds.get(data["business_kind"]),
                spare_quantity=data["spare_quantity"] or Decimal(0),
                requirements={name: data[name] for name in REQUIREMENTS if data[name]},
                **{**given, "unit": data["unit"] or (product.unit if product else "")},
            )
        )

    @property
    def main(self) -> list[forms.BoundField]:
        """The cells of the row."""
        return [self[name] for name in MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        """What is folded away below it."""
        found = [field for field in self.visible_fields() if field.name not in {*MAIN, "fee"}]
        return sorted(found, key=lambda field: field.name == "breakdown")  # the widest one last

    @property
    def opened(self) -> bool:
        """Whether anything folded away is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.more)


@dataclass
class ChangeSheet:
    """What somebody is writing: of a new change, or of a draft that is there."""

    form: ChangeForm
    rows: list[LineRow]
    blanks: list[AddRow]

    @classmethod
    def shown(cls, order: Order, change: ChangeRequest | None = None) -> ChangeSheet:
        """The sheet as it is first seen."""
        asked = {line.line_id: line for line in change.lines_now if line.line_id} if change else {}
        added = [line for line in change.lines_now if line.kind == ChangeLine.Kind.ADD] if change else []
        rows = [LineRow(line=line, asked=asked.get(line.pk)) for line in _open_lines(order)]
        kinds = _other_kinds(order)
        blanks = [AddRow(n=n, kinds=kinds, asked=one) for n, one in enumerate([*added, *([None] * BLANK_ROWS)])]
        return cls(ChangeForm(initial=_initial_head(change), order=order, change=change), rows, blanks)

    @classmethod
    def typed(cls, data: QueryDict, order: Order, change: ChangeRequest | None = None) -> ChangeSheet:
        """The sheet as it was sent in."""
        rows = [LineRow(data, line=line) for line in _open_lines(order)]
        count = len({found[1] for key in data if (found := re.fullmatch(r"add-([0-9]{1,2})-\w+", key))})
        kinds = _other_kinds(order)
        blanks = [AddRow(data, n=n, kinds=kinds) for n in range(max(min(count, 50), BLANK_ROWS))]
        return cls(ChangeForm(data, order=order, change=change), rows, blanks)

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in (self.form, *self.rows, *self.blanks)]  # every form says what is wrong
        return all(checked)

    @property
    def lines(self) -> list[LineChange]:
        """Every row in the order of the page, so that the service's errors find their place."""
        return [row.change for row in self.rows] + [one for row in self.blanks if (one := row.added) is not None]

    @property
    def given(self) -> ChangeInput:
        """What the service is handed: of a whole cancellation the rows do not count."""
        data = self.form.cleaned_data
        chosen = [self.form.known[code] for code in data["departments"]]
        lines = () if data["cancel"] else tuple(self.lines)
        return ChangeInput(data["reason"], lines, data["cancel"], data["basis"], chosen or None)

    @property
    def counted(self) -> Iterator[HouseForm]:
        """The rows as the service counts them: only those that change something."""
        yield from (row for row in self.rows if row.differs)
        yield from (row for row in self.blanks if row.added is not None)


def _other_kinds(order: Order) -> list[BusinessKind]:
    """What an added line may be besides the order's own kind (A6.4e)."""
    return list(BusinessKind.objects.filter(active=True).exclude(pk=order.business_kind_id).order_by("pk"))


def _open_lines(order: Order) -> list[OrderLine]:
    return [line for line in order.lines_now if not line.closed]


def _initial(line: OrderLine, asked: ChangeLine | None) -> dict[str, Any]:
    new = {name: getattr(asked, name) for name in COLUMNS} if asked else {}
    now = {name: getattr(line, name) if new.get(name) is None else new[name] for name in COLUMNS}
    figures = {name: plain(now[name]) for name in ("quantity", "unit_price")}
    cells = line.breakdown if asked is None or asked.breakdown is None else asked.breakdown
    return {
        **now,
        **figures,
        "breakdown": plain_cells(cells),
        "close": bool(asked and asked.kind == ChangeLine.Kind.CLOSE),
    }


def _initial_added(asked: ChangeLine | None) -> dict[str, Any]:
    if asked is None:
        return {}
    name = f"{asked.product.code} {asked.product_name}" if asked.product else asked.product_name
    words = {name: getattr(asked, name) for name in ("unit", "requested_date", "specification", "fee", *HOW)}
    words |= {name: asked.requirements.get(name, "") for name in REQUIREMENTS}
    words |= {"business_kind": asked.business_kind.code if asked.business_kind else ""}
    words |= {"spare_quantity": plain(asked.spare_quantity) if asked.spare_quantity else ""}
    return {
        **words,
        "breakdown": asked.breakdown or (),
        "product_name": name,
        "quantity": plain(asked.quantity),
        "unit_price": plain(asked.unit_price),
    }


def _initial_head(change: ChangeRequest | None) -> dict[str, Any]:
    if change is None:
        return {}
    codes = [each.code for each in chosen_departments(change) or ()]  # ticked only where somebody chose them
    return {"reason": change.reason, "basis": change.basis, "cancel": change.cancel, "departments": codes}
