"""The shapes in which the ledger is asked for, and invoices and payments are typed. No rule stands here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.models import Adjustment, Payment
from ledger.selectors import Where
from orders.forms import CustomerField
from orders.listing import coordinators_for
from orders.models import Order
from orders.selectors import visible_orders
from parties.models import User
from workflow import clock
from workflow.forms import DayField, FigureField, HouseForm, WordsField


class OrderField(WordsField):
    """业务单，按单号；看不到的等于没有。"""

    user: User

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        order: Order | None = visible_orders(self.user).numbered(number).select_related("customer").first()
        if order is None:
            raise forms.ValidationError(_("没有这张业务单，或者您看不到它"), code="no_order")
        return order


class LedgerFilter(HouseForm):
    """台账问什么：期间、客户、跟单员、业务单、还没开票或没收清的。"""

    CHIPS = (
        ("", gettext_lazy("全部")),
        ("uninvoiced", gettext_lazy("未开票")),
        ("unpaid", gettext_lazy("应收未清")),
    )

    chip = forms.ChoiceField(required=False, choices=CHIPS)
    order = OrderField(required=False, max_length=20, label=gettext_lazy("业务单号"))
    customer = CustomerField(required=False, max_length=160, label=gettext_lazy("客户"))
    who = forms.ModelChoiceField(
        User.objects.none(), to_field_name="username", required=False, empty_label=gettext_lazy("全部跟单员")
    )
    since = DayField(required=False, label=gettext_lazy("从"))
    until = DayField(required=False, label=gettext_lazy("至"))
    group = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("按日期")), ("customer", gettext_lazy("按客户"))]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["who"].queryset = coordinators_for(user)  # type: ignore[attr-defined]
        self.fields["order"].user = user  # type: ignore[attr-defined]
        self.fields["customer"].widget.attrs |= {"placeholder": _("客户编号或名称"), "autocomplete": "off"}
        self.fields["order"].widget.attrs |= {"placeholder": _("业务单号"), "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("since", _("起始日期晚于结束日期"))
        return data

    @property
    def everything(self) -> bool:
        """Nothing narrows the days: then the page shows this month."""
        asked = ("chip", "order", "since", "until")
        return not any(self.data.get(name) for name in asked)

    @property
    def first(self) -> dt.date | None:
        """期间第一天：没说就是本月一日。"""
        since: dt.date | None = self.cleaned_data.get("since")
        return since or (clock.today().replace(day=1) if self.everything else None)

    @property
    def where(self) -> Where:
        """The part of the ledger that is asked for."""
        data = self.cleaned_data
        return Where(
            self.user,
            order=data.get("order"),
            customer=data.get("customer"),
            coordinator=data.get("who"),
            first=self.first,
            last=data.get("until"),
        )


class InvoiceForm(HouseForm):
    """发票的表头。"""

    number = WordsField(label=gettext_lazy("发票号码"), max_length=40)
    date = DayField(label=gettext_lazy("开票日期"))
    remark = WordsField(label=gettext_lazy("备注"), max_length=200, required=False)


class RedForm(InvoiceForm):
    """红字发票的表头。"""

    remark = None  # type: ignore[assignment]
    reason = WordsField(label=gettext_lazy("开红字的理由"), max_length=200, lines=True)


class QuantityForm(HouseForm):
    """一行开多少。"""

    quantity = FigureField(label=gettext_lazy("数量"), digits=14, places=3, positive=True, required=False)


class PaymentForm(HouseForm):
    """一笔收款。"""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=Payment.Kind, widget=forms.RadioSelect, initial=Payment.Kind.PAYMENT
    )
    date = DayField(label=gettext_lazy("到账日期"))
    amount = FigureField(label=gettext_lazy("金额"), digits=14, places=2, positive=True)
    method = forms.ChoiceField(label=gettext_lazy("方式"), choices=Payment.Method)
    bank_reference = WordsField(label=gettext_lazy("流水号"), max_length=60, required=False)
    order = OrderField(label=gettext_lazy("业务单号"), max_length=20, required=False)
    remark = WordsField(label=gettext_lazy("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].user = user  # type: ignore[attr-defined]


class AmountForm(HouseForm):
    """分给一张发票多少。"""

    amount = FigureField(label=gettext_lazy("分配"), digits=14, places=2, required=False)


class AdjustmentForm(HouseForm):
    """提出一笔调整：减应收的是折扣、坏账，差价可增可减。"""

    line = forms.IntegerField(label=gettext_lazy("哪一行"), min_value=1)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Adjustment.Kind)
    direction = forms.ChoiceField(
        label=gettext_lazy("应收"), choices=[("-", gettext_lazy("减")), ("+", gettext_lazy("加"))]
    )
    amount = FigureField(label=gettext_lazy("金额"), digits=14, places=2, positive=True)
    reason = WordsField(label=gettext_lazy("理由"), max_length=300, lines=True)


class ReasonForm(HouseForm):
    """一句理由。"""

    reason = WordsField(label=gettext_lazy("原因"), max_length=500, lines=True)
