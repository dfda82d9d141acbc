"""The list of orders: chips, filters, columns, and each row as it is read (A1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import CharField, Count, Prefetch, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from orders.events import OrderFilters
from orders.models import BusinessKind, KindVersion, Order, OrderLine, State
from orders.models.states import BEFORE_ISSUE
from orders.selectors import listed_orders
from parties.models import User
from parties.roles import Role
from workflow.events import collect
from workflow.forms import DayField, HouseForm, WordsField
from workflow.shown import COUNTED, Chip

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RELEASED = (State.ISSUED, State.PRODUCING, State.SHIPPING, State.COLLECTING)
SETTLED = (State.REJECTED, State.CANCELLED)
Narrow = Callable[[QuerySet[Order]], QuerySet[Order]]


@dataclass(frozen=True)
class Column:
    """One column of the list: fixed ones cannot be switched off, money ones need the right to see money."""

    key: str
    label: StrOrPromise
    width: str
    fixed: bool = False
    money: bool = False
    default: bool = True


COLUMNS = (
    Column("no", gettext_lazy("单号，跟单员"), "w-no", fixed=True),
    Column("customer", gettext_lazy("客户，品名"), "w-cust", fixed=True),
    Column("step", gettext_lazy("进度"), "w-step"),
    Column("due", gettext_lazy("交期"), "w-due"),
    Column("risk", gettext_lazy("风险"), "w-why"),
    Column("shipped", gettext_lazy("已发"), "w-ship"),
    Column("amount", gettext_lazy("订货金额"), "w-money", money=True),
    Column("uninvoiced", gettext_lazy("未开票"), "w-money", money=True),
    Column("receivable", gettext_lazy("应收"), "w-money", money=True),
    Column("salesperson", gettext_lazy("业务员"), "w-due", default=False),
    Column("received", gettext_lazy("收单时间"), "w-due", default=False),
    Column("promised", gettext_lazy("评审定的交期"), "w-due", default=False),
    Column("kind", gettext_lazy("业务种类"), "w-due", default=False),
)


def _in(*states: str) -> Narrow:
    return lambda rows: rows.filter(state__in=states)


def _two_steps(*states: str) -> Narrow:
    """The orders in these states whose kind keeps 接单 and 下单 apart (C3b)."""
    versions = KindVersion.objects.filter(content__options__has_key="release_days").values("pk")
    return lambda rows: rows.filter(kind_version__in=versions, state__in=states)


OWN_CHIPS = (
    Chip("drafts", gettext_lazy("登记"), _in(State.DRAFT), counted=True),
    Chip("submitted", gettext_lazy("待审核"), _in(State.SUBMITTED), counted=True),
    Chip("reviewing", gettext_lazy("评审中"), _in(State.ACCEPTED, State.REVIEWING, State.NEGOTIATING), counted=True),
    Chip("agreed", gettext_lazy("待签发"), _in(State.AGREED), counted=True),
    Chip("producing", gettext_lazy("生产中"), _in(State.ISSUED, State.PRODUCING)),
    Chip("original", gettext_lazy("待补原件"), lambda rows: rows.original_pending(), counted=True),
    Chip("collecting", gettext_lazy("收款"), _in(State.COLLECTING)),
    Chip("inserted", gettext_lazy("插单"), lambda rows: rows.filter(inserted=True), counted=True),
    Chip("unreleased", gettext_lazy("未下单"), _two_steps(*BEFORE_ISSUE), counted=True),
    Chip("released", gettext_lazy("已下单"), _two_steps(*RELEASED), counted=True),
    Chip("rush", gettext_lazy("急单"), lambda rows: rows.filter(rush=True)),
)


NEEDS = {"inserted": "cut_off", "unreleased": "release_days", "released": "release_days"}


class FilterForm(HouseForm):
    """What the list may be asked for in its address; anything else is refused."""

    q = WordsField(required=False, max_length=80)
    chip = forms.SlugField(required=False, max_length=20)
    kind = forms.ModelChoiceField(
        BusinessKind.objects.filter(active=True),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("全部种类"),
    )
    who = forms.ModelChoiceField(
        User.objects.none(), to_field_name="username", required=False, empty_label=gettext_lazy("全部跟单员")
    )
    state = forms.ChoiceField(required=False, choices=[("", gettext_lazy("全部状态")), *State.choices])
    customer = WordsField(required=False, max_length=40)
    due_from = DayField(required=False)
    due_to = DayField(required=False)
    sort = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("新单在前")), ("due", gettext_lazy("交期近的在前"))]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = coordinators_for(user)
        self.fields["who"].queryset = people  # type: ignore[attr-defined]
        # Written out: a field's own way counts the rows first and reads them by a cursor.
        kinds = BusinessKind.objects.filter(active=True).only("code", "name")
        self._offer("kind", [(kind.code, str(kind)) for kind in kinds])
        self._offer("who", [(one.username, str(one)) for one in people.only("username", "name")])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", field.empty_label), *choices]


PAGING = {"after", "before", "view"}


def coordinators_for(user: User) -> QuerySet[User]:
    """Whose orders this person could mean: the team's, or everybody's."""
    people = User.objects.filter(role__in=(Role.COORDINATOR, Role.SUPERVISOR), is_active=True).order_by("name")
    if user.role == Role.SUPERVISOR:
        return people.filter(team__supervisor=user) | people.filter(pk=user.pk)
    return people.filter(pk=user.pk) if user.role == Role.COORDINATOR else people


def chips_for(user: User) -> list[Chip]:
    """The quick filters of this floor and those the higher floors add."""
    added = [Chip(one.key, one.label, one.narrow) for answer in collect(OrderFilters(user)) for one in answer]
    used = used_rules()
    return [*(chip for chip in OWN_CHIPS if NEEDS.get(chip.key, "") in used), *added]


def used_rules() -> set[str]:
    """What the kinds in use speak of: a chip for what nobody has is left out."""
    options = BusinessKind.objects.filter(active=True).values_list("options", flat=True)
    return {"", *(key for one in options for key in one)}


def counted(chips: Iterable[Chip], rows: QuerySet[Order]) -> list[Chip]:
    """The chips with their counts: one query, each count stops at a hundred."""
    chips = list(chips)
    asked = [chip for chip in chips if chip.counted]
    parts = [
        chip.narrow(rows)
        .order_by()
        .annotate(chip=Value(chip.key, output_field=CharField()))
        .values_list("chip")[:COUNTED]
        for chip in asked
    ]
    found = [key for (key,) in parts[0].union(*parts[1:], all=True)] if parts else []
    return [replace(chip, count=found.count(chip.key)) if chip.counted else chip for chip in chips]


def narrowed(rows: QuerySet[Order], wanted: dict[str, Any], chips: Iterable[Chip]) -> QuerySet[Order]:
    """The rows that the address asks for."""
    rows = rows.annotate(due=Coalesce("promised_date", "requested_date"))
    chip = next((one for one in chips if one.key == wanted.get("chip")), None)
    rows = chip.narrow(rows) if chip else rows
    if wanted.get("q"):
        rows = rows.searched(wanted["q"])  # type: ignore[union-attr]
    plain = {"kind": "business_kind", "who": "coordinator", "state": "state", "customer": "customer__code"}
    ends = {"due_from": "due__gte", "due_to": "due__lte"}
    filters = {lookup: wanted[key] for key, lookup in (plain | ends).items() if wanted.get(key)}
    return rows.filter(**filters) if wanted.get("state") else rows.filter(**filters).exclude(state__in=SETTLED)


def list_rows(user: User) -> QuerySet[Order]:
    """What the list reads: visible orders with people, customer and the lines' names."""
    lines = (
        OrderLine.objects.goods().only("order_id", "product_name", "quantity", "unit", "position").order_by("position")
    )
    return listed_orders(user).prefetch_related(Prefetch("lines", queryset=lines))


def all_totals(rows: QuerySet[Order]) -> dict[str, Any]:
    """全部合计：几单、订货金额；列表打开以后再算。"""
    return rows.order_by().aggregate(count=Count("pk"), amount=Sum("amount"))
