"""接单：登记、修改、翻单（第六条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.kinds import KindRules
from orders.models import BusinessKind, KindVersion, Order, OrderLine, Product, State
from orders.models.kind import kept
from orders.models.line import totals
from orders.rights import works
from orders.services.release import breakdown_error
from orders.timing import is_inserted
from orders.versions import keep, snapshot
from parties.models import Customer, User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, record, together
from workflow.search import search_text

FURTHEST = dt.timedelta(days=365 * 5)
MOST_LINES = 300
EDITABLE = (State.DRAFT, State.ACCEPTED, State.NEGOTIATING)


@dataclass(frozen=True)
class LineInput:
    """一行的输入；`id` 是已有行（修改时），没有就是新行。"""

    quantity: Decimal
    unit: str
    unit_price: Decimal
    product: Product | None = None
    product_name: str = ""
    specification: str = ""
    material: str = ""
    printing: str = ""
    finishing: str = ""
    spare_quantity: Decimal = Decimal(0)
    requested_date: dt.date | None = None
    over_percent: Decimal | None = None
    under_percent: Decimal | None = None
    business_kind: BusinessKind | None = None
    kind_version: KindVersion | None = None
    requirements: dict[str, Any] = field(default_factory=dict)
    breakdown: Sequence[dict[str, Any]] = ()
    fee: bool = False
    id: int | None = None


@dataclass(frozen=True)
class OrderInput:
    """一张业务单的输入：界面与接口都先变成它。"""

    business_kind: BusinessKind
    customer: Customer
    basis: str
    requested_date: dt.date
    lines: Sequence[LineInput]
    customer_po: str = ""
    received_at: dt.datetime | None = None
    currency: str = "CNY"
    tax_rate: Decimal = Decimal("0.13")
    prices_include_tax: bool = True
    payment_terms: str = ""
    salesperson: User | None = None
    coordinator: User | None = None
    requirements: dict[str, Any] = field(default_factory=dict)
    rush: bool = False
    confirmed_with: str = ""
    confirmed_at: dt.datetime | None = None
    external_id: str = ""
    external_source: str = ""
    copied_from: Order | None = None


PLAIN = (
    "business_kind", "customer", "basis", "requested_date", "customer_po", "currency", "tax_rate", "prices_include_tax",
    "requirements", "rush", "confirmed_with", "confirmed_at", "external_id", "external_source",
)  # fmt: skip
UNSIGNED = ("received_at", "confirmed_with", "confirmed_at", "salesperson_id", "coordinator_id", "external_id")
LINE_PLAIN = (
    "quantity",
    "unit",
    "unit_price",
    "specification",
    "material",
    "printing",
    "finishing",
    "spare_quantity",
    "requirements",
    "breakdown",
)


@together
def create_order(given: OrderInput, *, actor: User) -> Order:
    """登记一张业务单（第六条）：草稿，谁登记谁跟，除非另指定跟单员。"""
    if not actor.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))
    _check(given)
    if given.external_id and (
        Order.objects.filter(external_source=given.external_source, external_id=given.external_id).exists()
    ):
        raise ValidationError({"external_id": _("外部编号 %(id)s 已经登记过了") % {"id": given.external_id}})
    order = Order(
        coordinator=given.coordinator or actor,
        received_at=given.received_at or clock.now(),
        copied_from=given.copied_from,
    )
    lines = _fill(order, given)
    begin(order, actor=actor, label=_("登记"), article="第六条", rule="A6.1a")
    OrderLine.objects.bulk_create(_belonging(order, lines))
    return order


@together
def edit_order(order: Order, given: OrderInput, *, actor: User) -> Order:
    """修改业务单：草稿随意改；待评审与协商中改动就是新的一版（第六条、第二十条）。"""
    order = locked(order)
    if not (actor.may("orders.edit") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能改"))
    if order.state not in EDITABLE:
        raise WrongState(_("现在是「%(state)s」，内容只能经更改程序改") % {"state": order.get_state_display()})
    _check(given)
    before = _whole(order)
    lines = _fill(order, given)
    _replace_lines(order, lines)
    order.__dict__.pop("lines_now", None)
    changed = differences(before, _whole(order))
    if not changed:
        return order
    if order.state != State.DRAFT:
        order.version += 1
        keep(order, actor=actor)
    return record(
        order,
        "edit",
        actor=actor,
        label=_("修改"),
        article="第六条",
        rule="A6.1d",
        data=changed,
    )


def _whole(order: Order) -> dict[str, Any]:
    """全文，连同不进签名的几项：什么都没改的修改不留痕、不成新版。"""
    return {**snapshot(order), **{name: getattr(order, name) for name in UNSIGNED}}


@together
def copy_order(order: Order, *, actor: User) -> Order:
    """翻单：照旧单开一张新草稿，交期留给跟单员改；版费、打样费收过了，不再带过来（第六条）。"""
    today = clock.today()
    requested = max(order.requested_date, today)
    lines = [
        LineInput(
            **{name: getattr(line, name) for name in LINE_PLAIN},
            product=line.product, product_name=line.product_name, requested_date=max(line.requested_date, today),
            over_percent=line.over_percent, under_percent=line.under_percent, business_kind=line.business_kind,
        )
        for line in order.goods_now
    ]  # fmt: skip
    given = OrderInput(
        **{f.name: getattr(order, f.name) for f in fields(OrderInput) if f.name in PLAIN},
        lines=lines,
        payment_terms=order.payment_terms,
        salesperson=order.salesperson,
    )
    fresh = replace(
        given,
        requested_date=requested,
        customer_po="",
        external_id="",
        external_source="",
        confirmed_with="",
        confirmed_at=None,
        rush=False,
        copied_from=order,
    )
    return create_order(fresh, actor=actor)


def _check(given: OrderInput) -> None:
    """What no order may contain, whoever enters it; errors name their field."""
    errors: dict[str, Any] = {}
    today = clock.today()
    if not [line for line in given.lines if not line.fee]:
        errors["lines"] = _("至少要有一行货，费用不能单独成单") if given.lines else _("至少要有一行明细")
    if len(given.lines) > MOST_LINES:
        errors["lines"] = _("明细最多 %(n)s 行") % {"n": MOST_LINES}
    if not dt.date(2000, 1, 1) <= given.requested_date <= today + FURTHEST:
        errors["requested_date"] = _("要求交期 %(day)s 不像是真的") % {"day": given.requested_date}
    if not given.customer.active:
        errors["customer"] = _("客户 %(name)s 已停用") % {"name": given.customer.name}
    errors |= _moment_errors(given)
    if given.coordinator is not None and not given.coordinator.may("orders.submit"):
        errors["coordinator"] = _("%(name)s 不是跟单员") % {"name": given.coordinator}
    errors.update(line_errors(given.lines))
    if errors:
        raise ValidationError(errors)


def _moment_errors(given: OrderInput) -> dict[str, str]:
    """收单和电话确认都是发生过的事（A6.1f）。"""
    latest = clock.now() + dt.timedelta(minutes=5)
    errors = {}
    if given.received_at and given.received_at > latest:
        errors["received_at"] = _("收单时间不能在将来")
    if given.confirmed_at and given.confirmed_at > latest:
        errors["confirmed_at"] = _("确认时间不能在将来")
    return errors


def line_errors(lines: Sequence[LineInput]) -> dict[str, str]:
    """What no line may contain; errors name their field."""
    return {
        f"lines.{n}.{field}": words % {"n": n + 1}
        for n, line in enumerate(lines)
        for field, words in (*_figure_errors(line), *_word_errors(line))
    }


def _figure_errors(line: LineInput) -> Iterator[tuple[str, str]]:
    if line.quantity <= 0:
        yield "quantity", _("第 %(n)s 行数量要大于零")
    if line.unit_price < 0:
        yield "unit_price", _("第 %(n)s 行单价不能是负数")
    if line.quantity * line.unit_price >= Decimal(10) ** 11:
        yield "unit_price", _("第 %(n)s 行金额太大，请核对数量和单价")
    if wrong := breakdown_error(line.breakdown, line.quantity):
        yield "quantity", _("第 %(n)s 行") + wrong.replace("%", "%%")


def _word_errors(line: LineInput) -> Iterator[tuple[str, str]]:
    if line.product is None and not line.product_name.strip():
        yield "product_name", _("第 %(n)s 行没有品名")
    if not line.unit.strip():
        yield "unit", _("第 %(n)s 行没有单位")
    if line.fee and (line.product or line.spare_quantity or line.breakdown or line.business_kind):
        yield "fee", _("第 %(n)s 行是费用，不写产品、备品、颜色尺码和业务种类")


def _fill(order: Order, given: OrderInput) -> list[OrderLine]:
    """Put the input on the order and make its lines; all amounts are the system's (I10)."""
    for name in PLAIN:
        setattr(order, name, getattr(given, name))
    order.customer_name = given.customer.name
    order.received_at = given.received_at or order.received_at
    order.payment_terms = given.payment_terms or given.customer.payment_terms
    order.salesperson = given.salesperson or order.salesperson or given.customer.salesperson
    order.coordinator = given.coordinator or order.coordinator
    order.team = order.coordinator.team
    versions = {} if order.state == State.DRAFT else held_versions(order)
    for kind in (given.business_kind, *(line.business_kind for line in given.lines)):
        if kind is not None and kind.pk not in versions:
            versions[kind.pk] = kind.current_version()
    order.kind_version = versions[given.business_kind.pk]
    order.inserted = is_inserted(order.kind, order.received_at)
    lines = [new_line(order, position, line, versions) for position, line in enumerate(given.lines, start=1)]
    order.amount, order.tax_amount = totals(lines)
    order.search_text = searchable(order, lines)
    return lines


def held_versions(order: Order) -> dict[int, KindVersion]:
    """The version of each kind by which this order is made: kept once it is no draft any more (A5)."""
    ids = (order.kind_version_id, *(line.kind_version_id for line in order.lines_now))
    return {version.kind_id: version for version in (kept(pk) for pk in ids if pk is not None)}


def new_line(
    order: Order, position: int, given: LineInput, versions: dict[int, KindVersion] | None = None
) -> OrderLine:
    """One line of the input as a row, priced, not saved."""
    own, versions = given.business_kind, held_versions(order) if versions is None else versions
    version = (versions.get(own.pk) or given.kind_version or own.current_version()) if own else order.kind_version
    kind = version.rules if version else order.kind
    product = given.product
    line = OrderLine(
        pk=given.id,
        position=position,
        business_kind=own,
        kind_version=version if own else None,
        product=product,
        product_code=product.code if product else "",
        product_name=given.product_name.strip() or (product.name if product else ""),
        requested_date=given.requested_date or order.requested_date,
        promised_date=None,
        fee=given.fee,
        **_tolerances(given, kind),
        **{name: getattr(given, name) for name in LINE_PLAIN},
    )
    line.breakdown = list(given.breakdown)
    if product and not line.specification:
        line.specification = product.specification
    line.price_up(tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax)
    return line


def _tolerances(given: LineInput, kind: KindRules) -> dict[str, Decimal]:
    """溢短照种类，行上另写的照行；费用没有溢短（A5）。"""
    if given.fee:
        return {"over_percent": Decimal(0), "under_percent": Decimal(0)}
    over = kind.over_percent if given.over_percent is None else given.over_percent
    under = kind.under_percent if given.under_percent is None else given.under_percent
    return {"over_percent": over, "under_percent": under}


def searchable(order: Order, lines: Sequence[OrderLine]) -> str:
    """What an order is found by: numbers, customer, customer's number, products."""
    customer = order.customer
    products = [f"{line.product_code} {line.product_name}" for line in lines[:20]]
    return search_text(
        order.formal_number or "", customer.code, customer.name, customer.short_name, order.customer_po, *products
    )


def _belonging(order: Order, lines: list[OrderLine]) -> list[OrderLine]:
    for line in lines:
        line.order = order
    return lines


def _replace_lines(order: Order, lines: list[OrderLine]) -> None:
    """Keep the identity of lines that stay, delete those that went, add the new ones."""
    existing = {line.pk for line in order.lines_now}
    _belonging(order, lines)
    ids = [line.pk for line in lines if line.pk is not None]
    if not set(ids) <= existing or len(ids) != len(set(ids)):
        raise ValidationError({"lines": _("明细里有不属于这张单的行")})
    kept = [line for line in lines if line.pk is not None]
    order.lines.exclude(pk__in=[line.pk for line in kept]).delete()
    if kept:
        names = [f.name for f in OrderLine._meta.concrete_fields if f.name not in {"id", "order", "closed"}]
        OrderLine.objects.bulk_update(kept, names)
    OrderLine.objects.bulk_create([line for line in lines if line.pk is None])


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Old and new values of what an edit changed, for the log."""
    return {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
