"""How far a draft is: what still has to be filled in, what may follow later, what is there (A6.1d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from orders import guards
from orders.forms import REQUIREMENTS, LineFormSet, OrderForm, order_input
from orders.models import Basis, Instruction, Order, OrderLine
from orders.models.order import PROVISIONAL_BASES
from orders.reminders import ORIGINAL_WITHIN
from orders.services import OrderInput
from parties.models import User
from parties.models.customer import PaymentTerms
from workflow import clock
from workflow.templatetags.wording import money

ARTICLE = "第六条"
DEPOSIT = Decimal("0.30")


@dataclass(frozen=True)
class Gap:
    """Something not there yet: where on the page, in words, and why it is asked."""

    anchor: str
    words: str
    note: str = ""

    @property
    def short(self) -> str:
        """What to fill in, for the button that leads there."""
        return self.words.removeprefix("请填").removeprefix("没填").split("，")[0]


@dataclass(frozen=True)
class Standing:
    """The side panel of the form."""

    must: list[Gap]
    later: list[Gap]
    done: list[str]
    judge: str
    amount: Decimal
    days: int | None


def standing(form: OrderForm, lines: LineFormSet, *, actor: User) -> Standing:
    """What the form, as it is filled in now, still lacks for 提交审核."""
    valid = form.is_valid() & lines.is_valid()
    errors = [*_form_gaps(form), *_line_gaps(lines)]
    if not valid:
        return Standing(errors, [], _done(_there(form), 0), _judge(form.order, actor), Decimal(0), None)
    order = imagined(order_input(form, lines), form.order)
    must = list(gaps(order))
    days = (order.requested_date - clock.today()).days
    done = _done(_there(form), len(order.lines_now))
    return Standing(must, list(_later(order)), done, _judge(form.order, actor), order.amount, days)


def standing_of(order: Order, *, actor: User) -> Standing:
    """What a stored order still lacks."""
    days = (order.requested_date - clock.today()).days
    there = {
        **{name: getattr(order, name) for name in ("customer_id", "received_at", "requested_date", "basis")},
        **{name: getattr(order, name) for name in ("payment_terms", "tax_rate", "confirmed_with", "confirmed_at")},
        **order.requirements,
    }
    done = _done(there, len(order.lines_now))
    return Standing(list(gaps(order)), list(_later(order)), done, _judge(order, actor), order.amount, days)


def imagined(given: OrderInput, order: Order | None) -> Order:
    """The order as it would be, unsaved: what guards are asked about while somebody types."""
    fresh = Order(
        pk=order.pk if order else None,
        business_kind=given.business_kind,
        basis=given.basis,
        requirements=given.requirements,
        requested_date=given.requested_date,
        confirmed_with=given.confirmed_with,
        confirmed_at=given.confirmed_at,
        payment_terms=given.payment_terms,
        original_received_on=order.original_received_on if order else None,
    )
    fresh.lines_now = [_line(place, given) for place in range(len(given.lines))]
    fresh.amount = sum((line.amount for line in fresh.lines_now), Decimal(0))
    return fresh


def _line(place: int, given: OrderInput) -> OrderLine:
    typed = given.lines[place]
    product = typed.product
    line = OrderLine(
        position=place + 1,
        product_name=typed.product_name,
        specification=typed.specification or (product.specification if product else ""),
        material=typed.material,
        printing=typed.printing,
        finishing=typed.finishing,
        quantity=typed.quantity,
        unit_price=typed.unit_price,
        requirements=typed.requirements,
    )
    line.price_up(tax_rate=given.tax_rate, prices_include_tax=given.prices_include_tax)
    return line


def gaps(order: Order) -> Iterator[Gap]:
    """Every guard of 提交审核 as a place on the page to go to."""
    for place, words in guards.missing_details(order):
        yield Gap(_anchor(place), words, ARTICLE)
    for refusal in guards.has_lines.refusals(order):
        yield Gap("h-lines", refusal.words, refusal.article)
    for refusal in guards.fax_is_talked_over.refusals(order):
        yield Gap("id_confirmed_with", refusal.words, refusal.article)
    if order.basis == Basis.NONE and not _granted(order):
        yield Gap("h-basis", _("口头订单要先请示，同意后才能提交"), ARTICLE)


def _granted(order: Order) -> bool:
    return order.pk is not None and order.instructions.filter(state=Instruction.State.GRANTED).exists()


def _anchor(place: str) -> str:
    """requirements.packing → id_packing; lines.3.specification → id_lines-2-specification."""
    head, _dot, rest = place.partition(".")
    if head == "requirements":
        return f"id_{rest}" if rest in REQUIREMENTS else "h-wishes"
    number, _dot, column = rest.partition(".")
    return f"id_lines-{int(number) - 1}-{column}" if head == "lines" else "main"


def _form_gaps(form: OrderForm) -> Iterator[Gap]:
    for name, found in form.errors.items():
        anchor = form[name].id_for_label if name in form.fields else "main"
        for words in found:
            yield Gap(anchor or f"h-{name}", str(words))


def _line_gaps(lines: LineFormSet) -> Iterator[Gap]:
    for words in lines.non_form_errors():
        yield Gap("h-lines", str(words))
    kept = [form for form in lines.forms if not lines.is_dropped(form)]
    for number, form in enumerate(kept, start=1):
        for name, found in form.errors.items():
            for words in found:
                yield Gap(form[name].id_for_label, _("第 %(n)d 行：%(words)s") % {"n": number, "words": words})
    if lines.is_valid() and not lines.filled:
        yield Gap("h-lines", _("还没有明细，至少要有一行"), ARTICLE)


def _later(order: Order) -> Iterator[Gap]:
    if order.basis in PROVISIONAL_BASES and order.original_received_on is None:
        until = clock.today() + dt.timedelta(days=ORIGINAL_WITHIN.days)
        yield Gap("", _("客户原件"), _("提交后自动列入待办，%(day)s 到期") % {"day": f"{until:%m-%d}"})
    if order.payment_terms == PaymentTerms.DEPOSIT_30:
        deposit = (order.amount * DEPOSIT).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield Gap("", _("定金 ¥%(amount)s") % {"amount": money(deposit)}, _("开工前由财务登记"))


def _there(form: OrderForm) -> dict[str, Any]:
    data = getattr(form, "cleaned_data", {})
    return {**data, "customer_id": data.get("customer"), "tax_rate": data.get("tax")}


def _done(there: Mapping[str, Any], count: int) -> list[str]:
    """What is there, a line for each group of fields."""
    groups = (
        (("customer_id", "received_at", "requested_date"), _("客户、收单时间、交期")),
        (("payment_terms", "tax_rate"), _("付款方式、币种与税")),
        (("confirmed_with", "confirmed_at"), _("电话确认")),
        (("standard",), _("质量标准")),
        (("packing",), _("包装要求")),
    )
    done = [words for names, words in groups if all(there.get(name) for name in names)]
    if basis := there.get("basis"):
        done.insert(min(2, len(done)), _("下单依据：%(basis)s") % {"basis": Basis(basis).label})
    if count:
        done.append(_("明细 %(n)d 行的数量和单价") % {"n": count})
    return done


def _judge(order: Order | None, actor: User) -> str:
    """Who will look at it."""
    team = (order.coordinator if order else actor).team
    supervisor = team.supervisor if team else None
    if supervisor is None:
        return _("由跟单主任审核。本人提交的单，本人不能审核。")
    return _("由主任%(name)s审核。本人提交的单，本人不能审核。") % {"name": supervisor}
