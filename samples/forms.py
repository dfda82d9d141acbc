"""What the register's pages take. Shapes only; the rules are in guards and services."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.forms import CustomerField
from orders.models import Order, OrderLine
from parties.models import Department, User
from parties.roles import Function, Role
from samples.models import GatePass, Sample
from samples.services import DispatchInput, LoanInput, SampleInput
from workflow.forms import DayField, FigureField, HouseForm, WordsField
from workflow.templatetags.wording import plain

ONE = Decimal(1)


def keepers() -> Any:
    """能保管样品的人：跟单、物控、仓库。"""
    store = Q(department__function__in=(Function.MATERIAL, Function.WAREHOUSE))
    roles = Q(role__in=(Role.COORDINATOR, Role.SUPERVISOR, Role.WAREHOUSE))
    return User.objects.filter(store | roles, is_active=True).order_by("pk")


class SampleForm(HouseForm):
    """登记一件样品。"""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Sample.Kind.choices)
    name = WordsField(label=gettext_lazy("名称"), max_length=120)
    specification = WordsField(label=gettext_lazy("规格、颜色、版次"), max_length=200, required=False)
    owner = forms.ChoiceField(label=gettext_lazy("谁的"), choices=Sample.Owner.choices, widget=forms.RadioSelect)
    customer = CustomerField(label=gettext_lazy("客户"), max_length=160, required=False)
    line = forms.ChoiceField(label=gettext_lazy("业务单的行"), required=False)
    quantity = FigureField(label=gettext_lazy("数量"))
    unit = WordsField(label=gettext_lazy("单位"), max_length=10)
    place = WordsField(label=gettext_lazy("放在哪里"), max_length=60)
    received_on = DayField(label=gettext_lazy("收到、制成日期"))
    retention_until = DayField(label=gettext_lazy("留到"), required=False)
    of_proof = forms.BooleanField(label=gettext_lazy("是打样的留样"), required=False)
    note = WordsField(label=gettext_lazy("说明"), max_length=500, required=False, lines=True)
    mark = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, order: Order | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["customer"].widget.attrs |= {"list": "customer-list", "autocomplete": "off"}
        if order is None:
            del self.fields["line"]
        else:
            del self.fields["customer"]
            rows = [(line.pk, f"{line.position} {line.product_name}") for line in order.goods_now]
            self.fields["line"].choices = [("", _("整张单")), *rows]  # type: ignore[attr-defined]

    def given(self, photos: Sequence[Any]) -> SampleInput:
        """The checked form as the service takes it."""
        data = {**self.cleaned_data, "order": self.order, "photos": photos}
        data["mark"] = data["mark"] or uuid.uuid4()
        data["line"] = self._line(data.get("line", ""))
        return SampleInput(**data)

    def _line(self, pk: str) -> OrderLine | None:
        lines = self.order.goods_now if self.order else []
        return next((line for line in lines if str(line.pk) == pk), None)


class LoanForm(HouseForm):
    """交出去：给一个部门、一个人或一家客户。"""

    department = forms.ModelChoiceField(
        Department.objects.all(), label=gettext_lazy("给部门"), to_field_name="code", required=False, empty_label="—"
    )
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True).exclude(role=Role.MACHINE), label=gettext_lazy("给个人"),
        to_field_name="username", required=False, empty_label="—",
    )  # fmt: skip
    to_customer = forms.BooleanField(label=gettext_lazy("借给客户（凭放行条）"), required=False)
    quantity = FigureField(label=gettext_lazy("数量"), required=False)
    why = WordsField(label=gettext_lazy("用途"), max_length=200)
    due_back = DayField(label=gettext_lazy("几时还"))
    mark = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def given(self, sample: Sample) -> LoanInput:
        """The checked form as the service takes it."""
        data = dict(self.cleaned_data)
        customer = sample.customer if data.pop("to_customer") else None
        return LoanInput(**{**data, "quantity": data["quantity"] or ONE, "customer": customer})


class CorrectForm(HouseForm):
    """登记写错了，改对。"""

    name = WordsField(label=gettext_lazy("名称"), max_length=120)
    specification = WordsField(label=gettext_lazy("规格、颜色、版次"), max_length=200, required=False)
    quantity = FigureField(label=gettext_lazy("数量"))
    reason = WordsField(label=gettext_lazy("为什么更正"), max_length=300)


class PlaceForm(HouseForm):
    """换地方、换保管人。"""

    place = WordsField(label=gettext_lazy("放在哪里"), max_length=60)
    holder = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("保管人"), to_field_name="username", required=False, empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = keepers()  # type: ignore[attr-defined]


class LongerForm(HouseForm):
    """续留到哪天，为什么。"""

    until = DayField(label=gettext_lazy("续留到"))
    reason = WordsField(label=gettext_lazy("为什么续留"), max_length=300)


class AmountForm(HouseForm):
    """少了多少，怎么回事。"""

    quantity = FigureField(label=gettext_lazy("数量"))
    words = WordsField(label=gettext_lazy("怎么回事"), max_length=500, lines=True)


class LossForm(AmountForm):
    """丢了、坏了多少，谁赔。"""

    payer = WordsField(label=gettext_lazy("谁赔"), max_length=60, required=False)


class PassForm(HouseForm):
    """申请放行。"""

    purpose = forms.ChoiceField(
        label=gettext_lazy("为什么出厂"),
        choices=[(one.value, one.label) for one in (GatePass.Purpose.RETURN, GatePass.Purpose.LEND)],
    )
    quantity = FigureField(label=gettext_lazy("数量"))
    to = WordsField(label=gettext_lazy("给谁"), max_length=80)


class LostLoanForm(HouseForm):
    """领去丢了：怎么回事，谁赔。"""

    reason = WordsField(label=gettext_lazy("怎么回事"), max_length=500, lines=True)
    payer = WordsField(label=gettext_lazy("谁赔"), max_length=60, required=False)


class ReasonForm(HouseForm):
    """理由。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=500, required=False, lines=True)


class DispatchForm(HouseForm):
    """备样：寄给谁、为什么、几时要答复。"""

    sent_to = WordsField(label=gettext_lazy("收件人、电话"), max_length=80)
    address = WordsField(label=gettext_lazy("地址"), max_length=200)
    purpose = WordsField(label=gettext_lazy("寄样目的"), max_length=200)
    feedback_due = DayField(label=gettext_lazy("几时要答复"))
    courier = WordsField(label=gettext_lazy("哪家快递"), max_length=40, required=False)
    mark = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def given(self, lines: list[tuple[Sample, Decimal]]) -> DispatchInput:
        """The checked form as the service takes it."""
        return DispatchInput(**{**self.cleaned_data, "lines": lines})


class ParcelForm(HouseForm):
    """一件样品寄多少；空着就是不寄。"""

    quantity = FigureField(label=gettext_lazy("寄多少"), required=False)

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"sample{sample.pk}", **kwargs)
        self.sample = sample

    @property
    def here(self) -> str:
        return plain(self.sample.balance.here)


class SendForm(HouseForm):
    """寄出：快递、运单号、运费。"""

    courier = WordsField(label=gettext_lazy("哪家快递"), max_length=40)
    waybill = WordsField(label=gettext_lazy("运单号"), max_length=60, required=False)
    cost = FigureField(label=gettext_lazy("运费"), places=2, required=False)


class ArriveForm(HouseForm):
    """哪天送到的。"""

    on = DayField(label=gettext_lazy("送到日期"), required=False)


class AnswerForm(HouseForm):
    """对方怎么说。"""

    words = WordsField(label=gettext_lazy("对方怎么说"), max_length=1000, lines=True)
    accepted = forms.TypedChoiceField(
        label=gettext_lazy("认可"), required=False, empty_value=None, coerce=lambda value: value == "yes",
        choices=[("", gettext_lazy("没有明说")), ("yes", gettext_lazy("认可")), ("no", gettext_lazy("要改"))],
    )  # fmt: skip
