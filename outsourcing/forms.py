"""What outsourcing's pages take. Shapes only; the rules are in guards and services."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import OrderLine
from outsourcing.models import OutsourcingLine, OutsourcingOrder, Processor
from outsourcing.selectors import MaterialRow
from outsourcing.services import MaterialInput, OutsourcedLine, OutsourcingInput, ReceiptInput
from workflow.forms import DayField, FigureField, HouseForm, WordsField


class OutsourcingForm(HouseForm):
    """一张加工单：加工商、交回日期、各行的工序与单价。"""

    processor = forms.ModelChoiceField(
        Processor.objects.filter(suspended=False),
        label=gettext_lazy("加工商"),
        to_field_name="code",
        empty_label=gettext_lazy("请选"),
    )
    delivery_date = DayField(label=gettext_lazy("交回日期"))
    transport = WordsField(label=gettext_lazy("运输"), max_length=60, required=False)
    terms = WordsField(label=gettext_lazy("结算方式"), max_length=100, required=False)
    requirement = WordsField(label=gettext_lazy("加工与质量要求"), max_length=1000, required=False, lines=True)
    notice = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    mark = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["processor"]
        choice.label_from_instance = _named  # type: ignore[attr-defined]

    def given(self, lines: list[OutsourcedLine]) -> OutsourcingInput:
        """The checked form as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "mark"}
        return OutsourcingInput(**data, lines=lines, mark=self.cleaned_data["mark"] or uuid.uuid4())


def _named(processor: Processor) -> str:
    """云锋覆膜中心（覆膜、过油）"""
    return f"{processor.name}（{processor.capability}）" if processor.capability else processor.name


class LineForm(HouseForm):
    """业务单一行外发的工序、数量、单价；工序空着就是这行不外发。"""

    operation = WordsField(label=gettext_lazy("工序"), max_length=60, required=False)
    quantity = FigureField(label=gettext_lazy("数量"), required=False)
    unit_price = FigureField(label=gettext_lazy("单价"), digits=18, places=6, required=False)
    specification = WordsField(label=gettext_lazy("加工要求"), max_length=200, required=False)

    def __init__(self, *args: Any, line: OrderLine, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"line{line.pk}", **kwargs)
        self.line = line

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, words in (("quantity", _("请填数量")), ("unit_price", _("请填单价"))):
            if data.get("operation") and data.get(name) is None and name not in self.errors:
                self.add_error(name, words)
        if data.get("unit_price") is not None and not data.get("operation"):
            self.add_error("operation", _("填了单价，还没有写工序"))
        return data

    @property
    def sent_out(self) -> bool:
        """Whether this line goes out."""
        return bool(self.cleaned_data.get("operation"))

    def given(self) -> OutsourcedLine:
        """The checked row as the service takes it."""
        return OutsourcedLine(line=self.line.pk, **self.cleaned_data)


class MaterialForm(HouseForm):
    """发一次料。"""

    material = WordsField(label=gettext_lazy("材料"), max_length=120)
    quantity = FigureField(label=gettext_lazy("发料数"), positive=True)
    unit = WordsField(label=gettext_lazy("单位"), max_length=10)
    specification = WordsField(label=gettext_lazy("规格"), max_length=200, required=False)
    makes = FigureField(label=gettext_lazy("能做多少"), required=False)
    line = forms.ChoiceField(label=gettext_lazy("用于"), required=False)

    def __init__(self, *args: Any, document: OutsourcingOrder, **kwargs: Any) -> None:
        super().__init__(*args, prefix="issue", **kwargs)
        self.fields["line"].choices = line_choices(document)  # type: ignore[attr-defined]

    def given(self) -> MaterialInput:
        """The checked form as the service takes it."""
        data = {**self.cleaned_data, "line": int(self.cleaned_data["line"] or 0) or None}
        return MaterialInput(**data)


class MaterialReturnForm(HouseForm):
    """退一次料。"""

    issue = forms.ChoiceField(label=gettext_lazy("退哪次发的料"))
    quantity = FigureField(label=gettext_lazy("退料数"), positive=True)

    def __init__(self, *args: Any, rows: list[MaterialRow], **kwargs: Any) -> None:
        super().__init__(*args, prefix="return", **kwargs)
        self.fields["issue"].choices = [  # type: ignore[attr-defined]
            (row.issue.pk, f"{row.issue.material} {row.outside.normalize():f} {row.issue.unit}")
            for row in rows
            if row.outside > 0
        ]


class ReceiptForm(HouseForm):
    """收一次货。"""

    line = forms.ChoiceField(label=gettext_lazy("哪一行"))
    received = FigureField(label=gettext_lazy("收货"), positive=True)
    accepted = FigureField(label=gettext_lazy("合格"))
    concession = FigureField(label=gettext_lazy("让步接收"), required=False)
    rework = FigureField(label=gettext_lazy("返工"), required=False)
    rejected = FigureField(label=gettext_lazy("拒收"), required=False)
    report_no = WordsField(label=gettext_lazy("检验报告号"), max_length=40, required=False)
    note = WordsField(label=gettext_lazy("说明"), max_length=500, required=False)

    def __init__(self, *args: Any, document: OutsourcingOrder, **kwargs: Any) -> None:
        super().__init__(*args, prefix="receipt", **kwargs)
        self.fields["line"].choices = line_choices(document)  # type: ignore[attr-defined]

    def given(self) -> ReceiptInput:
        """The checked form as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return ReceiptInput(**{**data, "line": int(data["line"])})


class ReasonForm(HouseForm):
    """可写可不写的理由。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=500, required=False, lines=True)


class ReconcileForm(ReasonForm):
    """对账：扣多少、为什么。"""

    deduction = FigureField(label=gettext_lazy("扣款"), places=2, required=False)


class SettleForm(HouseForm):
    """结算：哪天付的。"""

    paid_on = DayField(label=gettext_lazy("付款日期"), required=False)


class ProcessorForm(HouseForm):
    """加工商的资料。"""

    code = WordsField(label=gettext_lazy("编号"), max_length=40)
    name = WordsField(label=gettext_lazy("名称"), max_length=120)
    capability = WordsField(label=gettext_lazy("能做什么"), max_length=200, required=False)
    contact = WordsField(label=gettext_lazy("联系人"), max_length=40, required=False)
    phone = WordsField(label=gettext_lazy("电话"), max_length=40, required=False)
    address = WordsField(label=gettext_lazy("地址"), max_length=200, required=False)
    terms = WordsField(label=gettext_lazy("结算方式"), max_length=100, required=False)
    suspended = forms.BooleanField(label=gettext_lazy("停用，不再派活"), required=False)
    suspended_reason = WordsField(label=gettext_lazy("停用原因"), max_length=200, required=False)


def line_choices(document: OutsourcingOrder) -> list[tuple[int, str]]:
    """Which line: 覆膜，产品画册."""
    lines: list[OutsourcingLine] = document.lines_now
    return [(line.pk, f"{line.operation}，{line.line.product_name}") for line in lines]
