"""The shapes in which deliveries, confirmations, receipts and returns are typed in. No rule stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shipping.models import Carrier, Return
from workflow.forms import DayField, FigureField, HouseForm, WordsField

WAYS = (
    ("电话", gettext_lazy("电话")),
    ("微信", gettext_lazy("微信")),
    ("邮件", gettext_lazy("邮件")),
    ("当面", gettext_lazy("当面")),
)


if TYPE_CHECKING:  # this class takes its parameter only from the type checker
    CarrierField = forms.ModelChoiceField[Carrier]
else:
    CarrierField = forms.ModelChoiceField


class CarrierChoice(CarrierField):
    """在用的承运商，按编号。"""

    def __init__(self, **kwargs: Any) -> None:
        rows = Carrier.objects.filter(active=True)
        super().__init__(rows, to_field_name="code", empty_label=gettext_lazy("自送，或还没定"), **kwargs)


class HeadForm(HouseForm):
    """送货单的表头：送到哪、谁收、谁运。"""

    address = WordsField(label=gettext_lazy("送货地址"), max_length=200, required=False)
    contact = WordsField(label=gettext_lazy("联系人"), max_length=40, required=False)
    phone = WordsField(label=gettext_lazy("电话"), max_length=40, required=False)
    carrier = CarrierChoice(label=gettext_lazy("承运商"), required=False)
    vehicle = WordsField(label=gettext_lazy("车辆"), max_length=40, required=False)
    driver = WordsField(label=gettext_lazy("送货人"), max_length=40, required=False)
    remark = WordsField(label=gettext_lazy("备注"), max_length=300, required=False)


class LineForm(HouseForm):
    """送货单的一行；数量空着或是零，这行就不发。"""

    quantity = FigureField(label=gettext_lazy("数量"), required=False)
    spare_quantity = FigureField(label=gettext_lazy("备品"), required=False)
    packages = FigureField(label=gettext_lazy("件数"), digits=6, places=0, required=False)
    remark = WordsField(label=gettext_lazy("备注"), max_length=120, required=False)


class ConfirmForm(HouseForm):
    """一次到货确认（A52）。"""

    arrival_date = DayField(label=gettext_lazy("到货日期"))
    with_whom = WordsField(label=gettext_lazy("跟谁确认"), max_length=60)
    how = forms.ChoiceField(label=gettext_lazy("方式"), choices=WAYS, widget=forms.RadioSelect)
    said = WordsField(label=gettext_lazy("说了什么"), max_length=300, required=False)


class DispatchForm(HouseForm):
    """发出：谁运、运单号、随货资料。"""

    waybill = WordsField(label=gettext_lazy("运单号"), max_length=60, required=False)
    vehicle = WordsField(label=gettext_lazy("车辆"), max_length=40, required=False)
    driver = WordsField(label=gettext_lazy("送货人"), max_length=40, required=False)
    enclosed = forms.MultipleChoiceField(
        label=gettext_lazy("随货资料"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, wanted: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enclosed"].choices = [(name, name) for name in wanted]  # type: ignore[attr-defined]


class DeliverForm(HouseForm):
    """回单：谁签收、哪天、客户有什么话。"""

    signed_by = WordsField(label=gettext_lazy("签收人"), max_length=60)
    signed_on = DayField(label=gettext_lazy("签收日期"))
    reaction = WordsField(label=gettext_lazy("客户反应"), max_length=300, required=False)


class ReasonForm(HouseForm):
    """一个理由。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=500, lines=True)


class ReturnForm(HouseForm):
    """退货：为什么、怎么处理。"""

    kind = forms.ChoiceField(label=gettext_lazy("处理"), choices=Return.Kind.choices, widget=forms.RadioSelect)
    reason = WordsField(label=gettext_lazy("退货原因"), max_length=300)


class BackForm(HouseForm):
    """退回的一行；数量空着就是没退。"""

    quantity = FigureField(label=gettext_lazy("退回"), required=False)
    condition = WordsField(label=gettext_lazy("货况"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"].widget.attrs["placeholder"] = _("划伤、受潮、短少…")


class FilterForm(HouseForm):
    """What the list of deliveries can be asked for in its address."""

    q = WordsField(label=gettext_lazy("在列表里找"), required=False, max_length=80)
    chip = forms.SlugField(required=False, max_length=20)
    since = DayField(label=gettext_lazy("发货日期"), required=False)
    until = DayField(label=gettext_lazy("发货日期到"), required=False)
