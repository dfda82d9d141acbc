"""The shapes in which inquiries, quotations and contracts are typed in. No rule stands here: services have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.forms import CUSTOMERS, LOW, PRODUCTS, TAXES, CustomerField, KindChoice, LineFormSet
from orders.models import Basis, Inquiry, OrderContract, Product, Quotation, QuotationLine
from orders.services import InquiryInput, QuotationInput, QuotedLine, StepInput
from orders.services.quoted import MOST_LINES, MOST_STEPS
from parties.models import Customer, User
from parties.models.customer import PaymentTerms
from parties.roles import Role
from workflow.forms import DayField, FigureField, HouseForm, MomentField, WordsField
from workflow.templatetags.wording import plain

PREFIX = "lines"
WORDS = ("specification", "material", "printing", "finishing", "unit", "remark")
FEES = ("tooling_fee", "proof_fee")


class WhoField(WordsField):
    """客户的编号或名称；没有登记过的就是还不是客户的人。"""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        known = Customer.objects.filter(active=True)
        head = words.split(" ")[0]
        return known.filter(code__iexact=head).first() or known.filter(name=words).first() or words


def who(given: Customer | str) -> dict[str, Any]:
    """A customer, or the name of somebody who is none yet."""
    return {"customer": given} if isinstance(given, Customer) else {"prospect": given}


class InquiryForm(HouseForm):
    """一次询盘。"""

    customer = WhoField(label=gettext_lazy("客户"), max_length=120, widget=forms.TextInput(CUSTOMERS))
    asked_by = WordsField(label=gettext_lazy("谁来问的"), max_length=60)
    reach = WordsField(label=gettext_lazy("电话或邮箱"), max_length=80, required=False)
    channel = forms.ChoiceField(label=gettext_lazy("渠道"), choices=Inquiry.Channel)
    received_at = MomentField(label=gettext_lazy("收到时间"))
    due = DayField(label=gettext_lazy("几时要答复"))
    asked = WordsField(label=gettext_lazy("问的是什么"), max_length=2000, lines=True)

    def given(self) -> InquiryInput:
        """The checked form as the service takes it."""
        data = dict(self.cleaned_data)
        return InquiryInput(**who(data.pop("customer")), **data)

    @classmethod
    def shown(cls, inquiry: Inquiry) -> InquiryForm:
        """The form filled with what the inquiry holds."""
        customer = inquiry.customer
        named = f"{customer.code} {customer.name}" if customer else inquiry.customer_name
        return cls(
            initial={
                "customer": named,
                **{name: getattr(inquiry, name) for name in cls.base_fields if name != "customer"},
            }
        )


class QuotationForm(HouseForm):
    """报价单的表头。"""

    customer = WhoField(label=gettext_lazy("客户"), max_length=120, widget=forms.TextInput(CUSTOMERS))
    contact = WordsField(label=gettext_lazy("联系人"), max_length=60, required=False)
    business_kind = KindChoice(label=gettext_lazy("业务种类"))
    valid_until = DayField(label=gettext_lazy("有效期至"))
    payment_terms = forms.ChoiceField(label=gettext_lazy("付款方式"), choices=PaymentTerms)
    tax = forms.ChoiceField(label=gettext_lazy("币种与税"), choices=TAXES)
    coordinator = forms.ModelChoiceField(
        User.objects.filter(role__in=(Role.COORDINATOR, Role.SUPERVISOR), is_active=True),
        label=gettext_lazy("成交后谁跟单"), to_field_name="username", required=False, empty_label=gettext_lazy("本人"),
    )  # fmt: skip
    salesperson = forms.ModelChoiceField(
        User.objects.filter(role=Role.SALES, is_active=True),
        label=gettext_lazy("业务员"), to_field_name="username", required=False, empty_label=gettext_lazy("按客户"),
    )  # fmt: skip
    terms = WordsField(label=gettext_lazy("说明与条款"), max_length=2000, required=False, lines=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tax = self.initial.get("tax")
        if tax and tax not in dict(TAXES):
            self.fields["tax"].choices = [*TAXES, (tax, tax)]  # type: ignore[attr-defined]


class QuotedLineForm(HouseForm):
    """报价单的一行，四级数量。"""

    product = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    product_name = WordsField(label=gettext_lazy("品名"), max_length=120, widget=forms.TextInput(PRODUCTS))
    specification = WordsField(label=gettext_lazy("规格"), max_length=200, required=False, widget=forms.Textarea(LOW))
    material = WordsField(label=gettext_lazy("材料"), max_length=200, required=False, widget=forms.Textarea(LOW))
    printing = WordsField(label=gettext_lazy("印刷"), max_length=200, required=False, widget=forms.Textarea(LOW))
    finishing = WordsField(label=gettext_lazy("后加工"), max_length=200, required=False, widget=forms.Textarea(LOW))
    unit = WordsField(label=gettext_lazy("单位"), max_length=10)
    tooling_fee = FigureField(label=gettext_lazy("制版费"), places=2, required=False)
    proof_fee = FigureField(label=gettext_lazy("打样费"), places=2, required=False)
    lead_days = FigureField(label=gettext_lazy("交货天数"), digits=3, places=0, required=False)
    remark = WordsField(label=gettext_lazy("备注"), max_length=200, required=False, widget=forms.Textarea(LOW))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_STEPS + 1):
            self.fields[f"q{n}"] = FigureField(label=_("数量 %(n)d") % {"n": n}, required=False)
            self.fields[f"p{n}"] = FigureField(label=_("单价 %(n)d") % {"n": n}, digits=18, places=6, required=False)

    @property
    def words_before(self) -> list[Any]:
        """The bound fields that stand before the quantities."""
        return [self[name] for name in ("product_name", "specification", "material", "printing", "finishing", "unit")]

    @property
    def words_after(self) -> list[Any]:
        """The bound fields that stand behind them."""
        return [self[name] for name in (*FEES, "lead_days", "remark")]

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The pairs of bound fields, quantity and price."""
        return [(self[f"q{n}"], self[f"p{n}"]) for n in range(1, MOST_STEPS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(1, MOST_STEPS + 1):
            pair = data.get(f"q{n}"), data.get(f"p{n}")
            if (pair[0] is None) != (pair[1] is None) and not {f"q{n}", f"p{n}"} & set(self.errors):
                self.add_error(f"q{n}" if pair[0] is None else f"p{n}", _("数量和单价要成对"))
        return data

    def given(self, products: dict[str, Product]) -> QuotedLine:
        """The checked row as the service takes it."""
        data, name = self.cleaned_data, self.cleaned_data["product_name"]
        product = products.get(data["product"]) or products.get(name.split(" ")[0])
        if product and name in {product.code, str(product)}:
            name = product.name
        fees: dict[str, Any] = {fee: data[fee] or Decimal(0) for fee in FEES}
        pairs = [(data[f"q{n}"], data[f"p{n}"]) for n in range(1, MOST_STEPS + 1)]
        return QuotedLine(
            product=product,
            product_name=name,
            steps=[StepInput(quantity, price) for quantity, price in pairs if quantity is not None],
            lead_days=int(data["lead_days"]) if data["lead_days"] is not None else None,
            **fees,
            **{key: data[key] for key in WORDS},
        )


QuotedLines = formset_factory(
    QuotedLineForm,
    formset=LineFormSet,
    extra=1,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES + 1,
    validate_max=True,
    can_delete=True,
)


def quotation_input(form: QuotationForm, lines: LineFormSet, inquiry: Inquiry | None) -> QuotationInput:
    """What the service is handed; products are found by code in one query."""
    data = dict(form.cleaned_data)
    tax, customer = data.pop("tax"), data.pop("customer")
    filled: list[Any] = lines.filled
    codes = {one.cleaned_data["product"] for one in filled}
    codes |= {one.cleaned_data["product_name"].split(" ")[0] for one in filled}
    products = {product.code: product for product in Product.objects.filter(code__in=codes - {""})}
    return QuotationInput(
        **who(customer),
        **data,
        inquiry=inquiry,
        tax_rate=Decimal(tax[:-1]),
        prices_include_tax=tax.endswith("+"),
        lines=[one.given(products) for one in filled],
    )


def initial_of(quotation: Quotation) -> dict[str, Any]:
    """What the form shows of a quotation."""
    customer = quotation.customer
    names = ("contact", "valid_until", "payment_terms", "terms")
    people = {name: getattr(quotation, name) for name in ("coordinator", "salesperson")}
    return {
        "customer": f"{customer.code} {customer.name}" if customer else quotation.customer_name,
        "business_kind": quotation.business_kind.code,
        "tax": f"{quotation.tax_rate:.2f}{'+' if quotation.prices_include_tax else '-'}",
        **{name: person.username if person else "" for name, person in people.items()},
        **{name: getattr(quotation, name) for name in names},
    }


def initial_lines(lines: Iterable[QuotationLine]) -> list[dict[str, Any]]:
    """What the grid shows of the lines."""
    return [_initial_line(line) for line in lines]


def _initial_line(line: QuotationLine) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(line, name) for name in ("product_name", *WORDS)}
    row |= {fee: plain(getattr(line, fee)) if getattr(line, fee) else "" for fee in FEES}
    row |= {"product": line.product_code, "lead_days": line.lead_days or ""}
    for n, step in enumerate(line.steps_now, start=1):
        row |= {f"q{n}": plain(step.quantity), f"p{n}": plain(step.unit_price)}
    return row


class SendForm(HouseForm):
    """送给谁、怎么送的。"""

    to = WordsField(label=gettext_lazy("送给谁"), max_length=60)
    how = WordsField(label=gettext_lazy("怎么送的"), max_length=60)


class AnswerForm(HouseForm):
    """客户怎么答复的。"""

    answer = WordsField(label=gettext_lazy("谁、怎么说的"), max_length=500, required=False, lines=True)


class WinForm(HouseForm):
    """成单：依据、交期、客户单号；还不是客户的，选已有的或填新编号。"""

    customer = CustomerField(
        label=gettext_lazy("已有的客户"), max_length=160, required=False, widget=forms.TextInput(CUSTOMERS)
    )
    new_customer = WordsField(label=gettext_lazy("或者新客户编号"), max_length=40, required=False)
    basis = forms.ChoiceField(label=gettext_lazy("下单依据"), choices=Basis, widget=forms.RadioSelect)
    requested_date = DayField(label=gettext_lazy("要求交期"))
    customer_po = WordsField(label=gettext_lazy("客户单号"), max_length=60, required=False)


@dataclass
class ChoiceRow:
    """One line of the quotation and what was chosen of it on the page."""

    line: QuotationLine
    chosen: str | None
    quantity: str
    free: bool = False


class ContractForm(HouseForm):
    """出合同或确认书。"""

    form = forms.ChoiceField(label=gettext_lazy("种类"), choices=OrderContract.Form, widget=forms.RadioSelect)
    terms = WordsField(label=gettext_lazy("条款"), max_length=4000, required=False, lines=True)


class SignBackForm(HouseForm):
    """签回的日期。"""

    signed_on = DayField(label=gettext_lazy("签回日期"))
