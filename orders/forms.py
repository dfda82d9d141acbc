"""The shapes in which orders are typed in. No rule stands here: services and guards have them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Basis, BusinessKind, Order, OrderLine, Product
from orders.services import LineInput, OrderInput
from parties.models import Customer, User
from parties.models.customer import PaymentTerms
from parties.roles import Role
from workflow.forms import DayField, FigureField, HouseForm, MomentField, WordsField
from workflow.templatetags.wording import plain

if TYPE_CHECKING:  # these classes take their parameter only from the type checker
    KindField = forms.ModelChoiceField[BusinessKind]
    Lines = BaseFormSet[Any]
else:
    KindField, Lines = forms.ModelChoiceField, BaseFormSet

MOST_LINES = 300
REQUIREMENTS = ("standard", "packing", "colour", "sample", "marks", "other")
TAXES = (
    ("0.13+", gettext_lazy("人民币，含税 13%")),
    ("0.09+", gettext_lazy("人民币，含税 9%")),
    ("0.06+", gettext_lazy("人民币，含税 6%")),
    ("0.01+", gettext_lazy("人民币，含税 1%")),
    ("0.13-", gettext_lazy("人民币，另加 13% 税")),
    ("0.00+", gettext_lazy("人民币，不计税")),
)


PRODUCTS = {"list": "product-list", "data-find": reverse_lazy("orders:find_products"), "autocomplete": "off"}
CUSTOMERS = {"list": "customer-list", "data-find": reverse_lazy("orders:find_customers"), "autocomplete": "off"}
LOW = {"rows": 1}


class KindChoice(KindField):
    """业务种类，按代码。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BusinessKind.objects.filter(active=True), to_field_name="code", empty_label=None, **kwargs)


class CustomerField(WordsField):
    """客户：编号开头，或编号本身（C004、C004 安途文具）。"""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        customer = Customer.objects.filter(code=words.split()[0]).first() or Customer.objects.filter(name=words).first()
        if customer is None:
            raise ValidationError(_("没有这个客户，请从列出的里面选，或先到基础资料登记"), code="no_customer")
        return customer


class OrderForm(HouseForm):
    """业务单的表头、依据与客户要求（A6.1a–d）。"""

    business_kind = KindChoice(label=gettext_lazy("业务种类"))
    customer = CustomerField(label=gettext_lazy("客户"), max_length=160)
    customer_po = WordsField(label=gettext_lazy("客户单号"), max_length=60, required=False)
    received_at = MomentField(label=gettext_lazy("收单时间"))
    requested_date = DayField(label=gettext_lazy("要求交期"))
    payment_terms = forms.ChoiceField(label=gettext_lazy("付款方式"), choices=PaymentTerms)
    tax = forms.ChoiceField(label=gettext_lazy("币种与税"), choices=TAXES)
    salesperson = forms.ModelChoiceField(
        User.objects.filter(role=Role.SALES, is_active=True),
        label=gettext_lazy("业务员"),
        to_field_name="username",
        required=False,
        empty_label=gettext_lazy("按客户"),
    )
    rush = forms.BooleanField(label=gettext_lazy("急单"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("下单依据"), choices=Basis, widget=forms.RadioSelect)
    confirmed_with = WordsField(label=gettext_lazy("电话确认人"), max_length=60, required=False)
    confirmed_at = MomentField(label=gettext_lazy("确认时间"), required=False)
    standard = WordsField(label=gettext_lazy("质量标准"), max_length=1000, required=False, lines=True)
    packing = WordsField(label=gettext_lazy("包装要求"), max_length=1000, required=False, lines=True)
    colour = WordsField(label=gettext_lazy("颜色"), max_length=200, required=False)
    sample = WordsField(label=gettext_lazy("样品"), max_length=200, required=False)
    marks = WordsField(label=gettext_lazy("唛头"), max_length=200, required=False)
    other = WordsField(label=gettext_lazy("其他要求"), max_length=1000, required=False)

    @property
    def wishes(self) -> list[forms.BoundField]:
        """客户要求的各栏；要写得多的占宽些。"""
        fields = [self[name] for name in REQUIREMENTS]
        for field in fields:
            field.field.width = "w2" if isinstance(field.field.widget, forms.Textarea) else ""  # type: ignore[attr-defined]
        return fields

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        self.order = order
        super().__init__(*args, **kwargs)
        hints = {"standard": _("按签样、色差、套印等"), "packing": _("每包数量、每箱数量、箱唛、托盘")}
        hints |= {"other": _("法规、环保等，没有可不填"), "customer": _("客户编号或名称")}
        for name, words in hints.items():
            self.fields[name].widget.attrs["placeholder"] = words
        self.fields["customer"].widget.attrs |= CUSTOMERS
        tax = self.initial.get("tax")
        if tax and tax not in dict(TAXES):
            self.fields["tax"].choices = [*TAXES, (tax, tax)]  # type: ignore[attr-defined]


class LineForm(HouseForm):
    """业务单的一行。"""

    id = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    product = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    fee = forms.BooleanField(required=False, widget=forms.HiddenInput)
    product_name = WordsField(label=gettext_lazy("品名"), max_length=120, widget=forms.TextInput(PRODUCTS))
    specification = WordsField(label=gettext_lazy("规格"), max_length=200, required=False, widget=forms.Textarea(LOW))
    material = WordsField(label=gettext_lazy("材料"), max_length=200, required=False, widget=forms.Textarea(LOW))
    printing = WordsField(label=gettext_lazy("印刷"), max_length=200, required=False, widget=forms.Textarea(LOW))
    finishing = WordsField(label=gettext_lazy("后加工"), max_length=200, required=False, widget=forms.Textarea(LOW))
    unit = WordsField(label=gettext_lazy("单位"), max_length=10)
    quantity = FigureField(label=gettext_lazy("数量"), digits=14, places=3, positive=True)
    spare_quantity = FigureField(label=gettext_lazy("备品"), digits=14, places=3, required=False)
    unit_price = FigureField(label=gettext_lazy("单价"), digits=18, places=6)
    requested_date = DayField(label=gettext_lazy("要求"), required=False)


class LineFormSet(Lines):
    """所有的行；空行不算，划掉的行不算。"""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].widget = forms.HiddenInput()

    @property
    def filled(self) -> list[LineForm]:
        """The lines that count, in the order in which they stand on the page."""
        return [form for form in self.forms if form.has_changed() and not self.is_dropped(form)]

    def is_dropped(self, form: forms.Form) -> bool:
        """Whether the line was struck out on the page."""
        return self.is_bound and form["DELETE"].value() in {True, "on", "True", "1"}


OrderLineFormSet = formset_factory(
    LineForm,
    formset=LineFormSet,
    extra=1,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES + 1,
    validate_max=True,
    can_delete=True,
)


def initial_of(order: Order) -> dict[str, Any]:
    """What the form shows of an order."""
    sign = "+" if order.prices_include_tax else "-"
    return {
        "business_kind": order.business_kind.code,
        "customer": f"{order.customer.code} {order.customer.name}",
        "salesperson": order.salesperson.username if order.salesperson else "",
        "tax": f"{order.tax_rate:.2f}{sign}",
        **{name: getattr(order, name) for name in HEAD},
        **{name: order.requirements.get(name, "") for name in REQUIREMENTS},
    }


HEAD = (
    "customer_po", "received_at", "requested_date", "payment_terms", "rush", "basis", "confirmed_with", "confirmed_at",
)  # fmt: skip
LINE_WORDS = ("product_name", "specification", "material", "printing", "finishing", "unit", "requested_date")


def initial_lines(lines: Iterable[OrderLine]) -> list[dict[str, Any]]:
    """What the grid shows of the lines."""
    return [
        {
            "id": line.pk,
            "product": line.product_code,
            "fee": line.fee or "",
            **{name: getattr(line, name) for name in LINE_WORDS},
            "quantity": plain(line.quantity),
            "spare_quantity": plain(line.spare_quantity) if line.spare_quantity else "",
            "unit_price": plain(line.unit_price),
        }
        for line in lines
    ]


def order_input(form: OrderForm, lines: LineFormSet) -> OrderInput:
    """What the service is handed; an order already there keeps what the form does not show."""
    data, order = form.cleaned_data, form.order
    rest = order.requirements if order else {}
    wanted = {key: value for key, value in rest.items() if key not in REQUIREMENTS}
    return OrderInput(
        business_kind=data["business_kind"],
        customer=data["customer"],
        salesperson=data["salesperson"],
        tax_rate=Decimal(data["tax"][:-1]),
        prices_include_tax=data["tax"].endswith("+"),
        requirements=wanted | {name: data[name] for name in REQUIREMENTS if data[name]},
        lines=line_inputs(lines, order),
        external_id=order.external_id if order else "",
        external_source=order.external_source if order else "",
        currency=order.currency if order else "CNY",
        **{name: data[name] for name in HEAD},
    )


def line_inputs(lines: LineFormSet, order: Order | None) -> list[LineInput]:
    """The filled lines as the service takes them; products are found by code in one query."""
    filled = [form.cleaned_data for form in lines.filled]
    codes = {data["product"] for data in filled} | {data["product_name"].split(" ")[0] for data in filled}
    products = {product.code: product for product in Product.objects.filter(code__in=codes - {""})}
    known = {line.pk: line for line in order.lines_now} if order else {}
    return [_line_input(data, products, known.get(data["id"])) for data in filled]


def _line_input(data: dict[str, Any], products: dict[str, Product], line: OrderLine | None) -> LineInput:
    name, fee = data["product_name"], bool(data["fee"])
    product = None if fee else products.get(data["product"]) or products.get(name.split(" ")[0])
    if product and name in {product.code, str(product)}:
        name = product.name
    return LineInput(
        id=data["id"],
        fee=fee,
        product=product,
        product_name=name,
        spare_quantity=data["spare_quantity"] or Decimal(0),
        over_percent=line.over_percent if line else None,
        under_percent=line.under_percent if line else None,
        business_kind=line.business_kind if line else None,
        requirements=line.requirements if line else {},
        breakdown=line.breakdown if line else (),
        **{
            key: data[key]
            for key in ("quantity", "unit", "unit_price", "specification", "material", "printing", "finishing")
        },
        requested_date=data["requested_date"],
    )


class ReasonForm(HouseForm):
    """一句理由。"""

    reason = WordsField(label=gettext_lazy("原因"), max_length=500, lines=True)
