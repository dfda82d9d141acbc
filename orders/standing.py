"""How far a draft is: what still has to be filled in, what may follow later, what is there (A6.1d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from orders import guards
from orders.duplicates import Same, same_po
from orders.forms import REQUIREMENTS, LineFormSet, OrderForm
from orders.models import Basis, Instruction, Order
from orders.models.states import PROVISIONAL_BASES
from orders.picture import imagined
from orders.remarks import SCANS, standing_return
from orders.reminders import ORIGINAL_WITHIN
from orders.timing import too_early
from parties.models import User
from parties.models.customer import PaymentTerms
from workflow import clock
from workflow.templatetags.wording import moment, money

ARTICLE = "第六条"
DEPOSIT = Decimal("0.30")


@dataclass(frozen=True)
class Gap:
    """Something not there yet, or remarked on: where on the page, in words, and why it is asked."""

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
    amount: Decimal = Decimal(0)
    days: int | None = None
    remarks: list[Gap] = field(default_factory=list)
    same: list[Same] = field(default_factory=list)
    musts: frozenset[str] = frozenset()


def standing(form: OrderForm, lines: LineFormSet, *, actor: User, files: int = 0) -> Standing:
    """What the form, as it is filled in now, still lacks for 提交审核; half a form is judged by what is there."""
    form.is_valid()
    lines.is_valid()
    wrong = list(_line_gaps(lines))
    errors = [*_form_gaps(form), *wrong]
    order, stored = imagined(form, lines), form.order
    there = {**form.cleaned_data, "customer_id": form.cleaned_data.get("customer"), "files": files}
    remarks = list(_remarks(stored, lines))
    if order is None:
        return Standing(errors, [], _done(there, 0), _judge(stored, actor), remarks=remarks)
    prefixes = [one.prefix or "" for one in lines.filled]
    must = [*errors, *(gap for gap in gaps(order, prefixes) if gap.anchor != "h-lines" or not prefixes)]
    customer = form.cleaned_data.get("customer")
    return Standing(
        must,
        list(_later(order, files)),
        _done(there, 0 if wrong else len(order.lines_now)),
        _judge(stored, actor),
        order.amount,
        (order.requested_date - clock.today()).days if order.requested_date else None,
        remarks,
        same_po(customer.pk if customer else None, order.customer_po, apart_from=order.pk, user=actor),
        musts_of(order),
    )


def standing_of(order: Order, lines: LineFormSet, *, actor: User, files: int = 0) -> Standing:
    """What a stored order still lacks."""
    names = ("customer_id", "received_at", "requested_date", "basis", "payment_terms", "confirmed_with", "confirmed_at")
    there = {**{name: getattr(order, name) for name in names}, "tax": order.tax_rate, **order.requirements}
    return Standing(
        list(gaps(order, [f"lines-{place}" for place in range(len(order.lines_now))])),
        list(_later(order, files)),
        _done({**there, "files": files}, len(order.lines_now)),
        _judge(order, actor),
        order.amount,
        (order.requested_date - clock.today()).days,
        list(_remarks(order, lines)),
        same_po(order.customer_id, order.customer_po, apart_from=order.pk, user=actor),
        musts_of(order),
    )


def musts_of(order: Order) -> frozenset[str]:
    """The fields that the kind asks for, to be starred."""
    wishes = {key for kind in order.kinds for key in kind.required_order}
    return frozenset(wishes | {f"line.{key}" for kind in order.kinds for key in kind.required_line})


def gaps(order: Order, prefixes: Sequence[str]) -> Iterator[Gap]:
    """Every guard of 提交审核 as a place on the page to go to; `prefixes` are the lines' names on the page."""
    for place, words in guards.missing_details(order):
        yield Gap(_anchor(place, prefixes), words, ARTICLE)
    for refusal in guards.has_lines.refusals(order):
        yield Gap("h-lines", refusal.words, refusal.article)
    for refusal in guards.fax_is_talked_over.refusals(order):
        yield Gap("id_confirmed_with", refusal.words, refusal.article)
    for refusal in guards.not_on_a_return_day.refusals(order):
        yield Gap("h-head", refusal.words, refusal.article)
    for place, words in guards.not_broken_down(order):
        yield Gap(_anchor(place, prefixes), words, guards.lines_are_broken_down.article)
    if order.basis == Basis.NONE and not _granted(order):
        yield Gap("h-basis", _("口头订单要先请示，同意后才能提交"), ARTICLE)
    for refusal in guards.customer_has_amended.refusals(order) if order.pk else ():
        yield Gap("h-head", refusal.words, refusal.article)


def _granted(order: Order) -> bool:
    return order.pk is not None and order.instructions.filter(state=Instruction.State.GRANTED).exists()


def _anchor(place: str, prefixes: Sequence[str]) -> str:
    """requirements.packing → id_packing; lines.3.specification → id_lines-2-specification."""
    head, _dot, rest = place.partition(".")
    if head == "requirements":
        return f"id_{rest}" if rest in REQUIREMENTS else "h-wishes"
    number, _dot, column = rest.partition(".")
    if head != "lines":
        return "main"
    at = int(number) - 1
    return f"id_{prefixes[at]}-{column}" if at < len(prefixes) else "h-lines"


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


def _remarks(order: Order | None, lines: LineFormSet) -> Iterator[Gap]:
    """What the supervisor wrote beside the fields when returning it."""
    returned = standing_return(order)
    if returned is None:
        return
    by_line = {str(one["id"].value()): one.prefix for one in lines.forms if one["id"].value()}
    for remark in returned.remarks.all():
        head, _dot, rest = remark.field.partition(".")
        anchor = f"id_{rest or head}"
        if head == "lines":
            prefix = by_line.get(str(remark.line_id))
            anchor = f"id_{prefix}-{rest.partition('.')[2]}" if prefix else "h-lines"
        yield Gap(ANCHORS.get(head, anchor), f"{remark.label}：{remark.words}")


ANCHORS = {"tax_rate": "id_tax", "basis": "h-basis", SCANS: "h-basis"}


def _later(order: Order, files: int) -> Iterator[Gap]:
    for refusal in too_early(order, order.requested_date) if order.requested_date else ():
        yield Gap("id_requested_date", refusal.words, refusal.article)
    if order.basis != Basis.NONE and not files:
        yield Gap("h-basis", _("%(basis)s还没附上") % {"basis": order.get_basis_display()}, _("扫描、截图、拍照都行"))
    if order.basis in PROVISIONAL_BASES and order.original_received_on is None:
        until = clock.today() + dt.timedelta(days=ORIGINAL_WITHIN.days)
        yield Gap("", _("客户原件"), _("提交后自动列入待办，%(day)s 到期") % {"day": f"{until:%m-%d}"})
    if order.payment_terms == PaymentTerms.DEPOSIT_30 and order.amount:
        deposit = (order.amount * DEPOSIT).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield Gap("", _("定金 ¥%(amount)s") % {"amount": money(deposit)}, _("开工前由财务登记"))


def _done(there: Mapping[str, Any], count: int) -> list[str]:
    """What is there, a line for each group of fields."""
    talked = there.get("confirmed_with") and there.get("confirmed_at")
    groups = (
        (("customer_id", "received_at", "requested_date"), _("客户、收单时间、交期")),
        (("payment_terms", "tax"), _("付款方式、币种与税")),
        (("standard",), _("质量标准")),
        (("packing",), _("包装要求")),
    )
    done = [words for names, words in groups if all(there.get(name) for name in names)]
    if talked:
        done.append(_("电话确认：%(who)s，%(at)s") % {"who": there["confirmed_with"], "at": moment(talked)})
    if basis := there.get("basis"):
        done.insert(min(2, len(done)), _basis(basis, there.get("files", 0)))
    if count:
        done.append(_("明细 %(n)d 行的数量和单价") % {"n": count})
    return done


def _basis(basis: str, files: int) -> str:
    words = _("下单依据：%(basis)s") % {"basis": Basis(basis).label}
    return words + (_("，%(n)d 份文件") % {"n": files} if files else "")


def _judge(order: Order | None, actor: User) -> str:
    """Who will look at it."""
    team = (order.coordinator if order else actor).team
    supervisor = team.supervisor if team else None
    if supervisor is None:
        return _("由跟单主任审核。本人提交的单，本人不能审核。")
    return _("由主任%(name)s审核。本人提交的单，本人不能审核。") % {"name": supervisor}
