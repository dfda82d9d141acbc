"""ledger/entries/, ledger/balances/, orders/{n}/balances/: 台账与余额（A61、A62）。"""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ledger.api.shared import CREATED, LedgerApi, money, one_of, quantity, where_of
from ledger.balances import Balance, balances_by, lines_of, together_of, total_of
from ledger.models import Entry
from ledger.selectors import ENTRY_RELATIONS, Where, unallocated_of
from ledger.services import charge_fees
from orders.models import Order
from orders.selectors import visible_orders
from parties.models import Customer, User
from workflow.inputs import Money, Price, Quantity
from workflow.rest import found

FILTERS = ("order", "customer", "coordinator", "from", "to")
MOST_GROUPS = 1000
QUANTITIES = ("ordered", "shipped", "returned", "net_shipped", "to_invoice")
AMOUNTS = ("shipped_amount", "adjusted", "invoiced", "uninvoiced", "received", "receivable", "invoiced_unpaid")


class EntryOut(serializers.Serializer[Any]):
    """台账一行：只加不改；退货为负，更正指明所更正的行。"""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_display = serializers.CharField(source="get_kind_display")
    date = serializers.DateField(source="day")
    customer = serializers.CharField(source="order.customer.code")
    customer_name = serializers.CharField(source="order.customer_name")
    order = serializers.CharField(source="order.number")
    order_line = serializers.IntegerField(source="order_line_id")
    position = serializers.IntegerField(source="order_line.position")
    customer_po = serializers.CharField(source="order.customer_po")
    product = serializers.CharField(source="order_line.product_code")
    product_name = serializers.CharField(source="order_line.product_name")
    specification = serializers.CharField(source="order_line.specification")
    unit = serializers.CharField(source="order_line.unit")
    delivery = serializers.CharField(source="delivery_number", help_text="费用没有送货单，是空的")
    return_number = serializers.CharField(source="return_line.document.number", default=None)
    quantity = Quantity()
    billable = Quantity(help_text="计价数量：补发与不冲减的退货为零")
    unit_price = Price()
    amount = Money()
    tax = Money()
    follows = serializers.IntegerField(source="follows_id", help_text="所属的发货行")
    corrects = serializers.IntegerField(source="corrects_id", help_text="所更正的行")
    coordinator = serializers.CharField(source="order.coordinator.username")
    salesperson = serializers.CharField(source="order.salesperson.username", default=None)
    remark = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class BalanceOut(serializers.Serializer[Any]):
    """一处的余额：数量三位小数，金额两位小数，都是文字。"""

    ordered = serializers.CharField()
    shipped = serializers.CharField()
    returned = serializers.CharField()
    net_shipped = serializers.CharField()
    to_invoice = serializers.CharField(help_text="还要开票的数量，负数是要开红字")
    shipped_amount = serializers.CharField()
    adjusted = serializers.CharField()
    invoiced = serializers.CharField()
    uninvoiced = serializers.CharField(help_text="净发货 − 已开票")
    received = serializers.CharField()
    receivable = serializers.CharField(help_text="净发货 ± 已批准的调整 − 已收；负数是预收")
    invoiced_unpaid = serializers.CharField(help_text="已开票 − 发票上已收")


class LineBalanceOut(BalanceOut):
    """一行的余额。"""

    line = serializers.IntegerField()
    position = serializers.IntegerField()
    unit = serializers.CharField()


class OrderBalancesOut(serializers.Serializer[Any]):
    """一张业务单的余额：每行与合计。"""

    lines = LineBalanceOut(many=True)
    total = BalanceOut()


class GroupOut(BalanceOut):
    """一组的余额。"""

    key = serializers.CharField()
    name = serializers.CharField()


class BalancesOut(serializers.Serializer[Any]):
    """余额：合计与分组；`unallocated` 是收了还没分配的钱，不在 `received` 里。"""

    total = BalanceOut()
    unallocated = serializers.CharField()
    groups = GroupOut(many=True)


def body_of(balance: Balance, *, of_orders: bool = True) -> dict[str, str]:
    """A balance as a reply writes it; what was ordered is known only where whole orders are meant."""
    names = QUANTITIES if of_orders else QUANTITIES[1:]
    return {name: quantity(getattr(balance, name)) for name in names} | {
        name: money(getattr(balance, name)) for name in AMOUNTS
    }


class Entries(LedgerApi):
    """发出商品台账（附件5，A61）。"""

    parameters: ClassVar[tuple[str, ...]] = FILTERS

    @extend_schema(summary="台账", responses=EntryOut(many=True))
    def get(self, request: Any) -> Response:
        """台账的行，后记的在前；`from`、`to` 按日期。"""
        rows = where_of(self.user, request.query_params).entries().select_related(*ENTRY_RELATIONS)
        return self.listed(rows, lambda page: list(EntryOut(page, many=True).data))


class Balances(LedgerApi):
    """余额：合计与分组（A62）。"""

    parameters: ClassVar[tuple[str, ...]] = (*FILTERS, "group_by")

    @extend_schema(summary="余额", responses=BalancesOut)
    def get(self, request: Any) -> Response:
        """期间内的记账加总；`group_by` 是 customer、coordinator 或 order，最多一千组。"""
        params = request.query_params
        where = where_of(self.user, params)
        group = params.get("group_by")
        if group:
            one_of("group_by", group, NAMED)
        rows = where.postings()
        return Response(
            {
                "total": body_of(total_of(rows), of_orders=False),
                "unallocated": money(unallocated_of(where)),
                "groups": groups_of(group, where) if group else [],
            }
        )


def groups_of(group: str, where: Where) -> list[dict[str, str]]:
    """Each group with its code and name, the largest receivable first."""
    found = sorted(balances_by(group, where.postings()).items(), key=lambda one: -one[1].receivable)[:MOST_GROUPS]
    model, key, name = NAMED[group]
    rows = model.objects.in_bulk([pk for pk, _balance in found])
    return [
        {
            "key": str(getattr(rows[pk], key)),
            "name": str(getattr(rows[pk], name)),
            **body_of(balance, of_orders=False),
        }
        for pk, balance in found
    ]


NAMED: dict[str, tuple[Any, str, str]] = {
    "customer": (Customer, "code", "name"),
    "coordinator": (User, "username", "name"),
    "order": (Order, "number", "customer_name"),
}

EXAMPLE = {"ordered": "1000.000", "shipped": "1000.000", "returned": "0.000", "net_shipped": "1000.000",
           "to_invoice": "0.000", "shipped_amount": "12500.00", "adjusted": "0.00", "invoiced": "12500.00",
           "uninvoiced": "0.00", "received": "12500.00", "receivable": "0.00", "invoiced_unpaid": "0.00"}  # fmt: skip


class OrderBalances(LedgerApi):
    """一张业务单的余额（A62）。"""

    @extend_schema(
        summary="业务单余额",
        responses=OrderBalancesOut,
        examples=[OpenApiExample("收齐了", {"lines": [{"line": 12, **EXAMPLE}], "total": EXAMPLE})],
    )
    def get(self, request: Any, number: str) -> Response:
        """每行与合计：已发、退货、已开票、未开票、已收、应收。"""
        order: Order = found(visible_orders(self.user).numbered(number))
        lines = lines_of(order)
        total = together_of(balance for _line, balance in lines)
        bodies = [
            {"line": line.pk, "position": line.position, "unit": line.unit, **body_of(balance)}
            for line, balance in lines
        ]
        return Response({"lines": bodies, "total": body_of(total)})


class ChargedOut(serializers.Serializer[Any]):
    """入账的费用，一项一行。"""

    entries = EntryOut(many=True)


class ChargeFees(LedgerApi):
    """费用提前入账（A61）。"""

    http_method_names = ["post", "options"]

    @extend_schema(summary="费用入账", request=None, responses={201: ChargedOut})
    def post(self, request: Any, number: str) -> Response:
        """开机费、制版费、打样费在首次发货以前入账，好先开票；没有这一步，首次发货时自己入账。"""
        self.expect_nothing()
        order: Order = found(visible_orders(self.user).numbered(number))
        made = charge_fees(order, actor=self.user)
        rows = Entry.objects.filter(pk__in=[entry.pk for entry in made]).select_related(*ENTRY_RELATIONS)
        return Response({"entries": EntryOut(rows.order_by("pk"), many=True).data}, CREATED)
