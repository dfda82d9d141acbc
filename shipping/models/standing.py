"""How far an order line is shipped: sums over what was dispatched, returned, stored; nothing is kept (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from orders.models import OrderLine, OverAuthorisation
from shipping.models.store import StoreEntry
from workflow import clock

GONE = ("dispatched", "delivered")
SUMS = ("shipped", "replaced", "spared", "returned", "credited", "to_replace", "stored")
NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=3))


def _quantity() -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=14, decimal_places=3)


class LineSums(models.Model):
    """一行发出、补货、备品、退回、冲减、待补、在库的合计：数据库里的视图，只此一处加总（DESIGN §6）。"""

    order_line = models.OneToOneField(OrderLine, models.DO_NOTHING, primary_key=True, related_name="sums")
    shipped = _quantity()
    replaced = _quantity()
    spared = _quantity()
    returned = _quantity()
    credited = _quantity()
    to_replace = _quantity()
    stored = _quantity()

    class Meta:
        managed = False
        db_table = "shipping_linesums"

    def __str__(self) -> str:
        return f"{self.order_line_id}"


@dataclass(frozen=True, slots=True)
class Standing:
    """一行发到哪里了：发出、补货、备品、退回、冲减、在库，及还有效的超发授权。"""

    order_id: int = 0
    ordered: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    agreed_spare: Decimal = Decimal(0)
    closed: bool = False
    shipped: Decimal = Decimal(0)
    replaced: Decimal = Decimal(0)
    spared: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    to_replace: Decimal = Decimal(0)
    stored: Decimal = Decimal(0)
    over_allowed: Decimal = Decimal(0)

    @property
    def physical(self) -> Decimal:
        """实物净发货 = 发出 − 收到的全部退货：发货上限与成品库按它算。"""
        return self.shipped - self.returned

    @property
    def commercial(self) -> Decimal:
        """商务净发货 = 发出 − 补货 − 冲减的退货：开票与应收按它算（A62）。"""
        return self.shipped - self.replaced - self.credited

    @property
    def fulfilled(self) -> Decimal:
        """算交齐的数量：实物净发货，加上已冲减、不必再发的。"""
        return self.physical + self.credited

    @property
    def complete(self) -> bool:
        """这一行发齐了：到了短缺容差的下限，或已关闭（A54）。"""
        return self.closed or self.fulfilled >= self.least

    @property
    def limit(self) -> Decimal:
        """最多可以净发多少：溢装容差的上限，加上总监授权的超发（I1）。"""
        return self.most + self.over_allowed

    @property
    def owed(self) -> Decimal:
        """退回换货、返工的，还有多少没有补给客户（A56）。"""
        return Decimal(0) if self.closed else max(self.to_replace - self.replaced, Decimal(0))

    @property
    def still_due(self) -> Decimal:
        """还要发多少才满订货数量。"""
        return Decimal(0) if self.closed else max(self.ordered - self.fulfilled, Decimal(0))


def standings(lines: QuerySet[OrderLine] | Iterable[int]) -> Mapping[int, Standing]:
    """Where each of these order lines stands, in one query, whatever their number."""
    rows = lines if isinstance(lines, QuerySet) else OrderLine.objects.filter(pk__in=list(lines))
    rows = rows.only("order", "quantity", "spare_quantity", "closed", "over_percent", "under_percent")
    return {line.pk: standing_of(line, line) for line in with_sums(rows.order_by("order", "position"))}


def with_sums(rows: QuerySet[Any], *, of: str = "") -> QuerySet[Any]:
    """Rows with the sums of the order line that `of` leads to (the row itself without it), for `standing_of`."""
    path = f"{of}__sums" if of else "sums"
    valid = OverAuthorisation.objects.filter(Q(expires__isnull=True) | Q(expires__gte=clock.today()))
    own = valid.filter(line=OuterRef(of or "pk")).order_by()
    allowed = Subquery(own.values(linked=F("line")).annotate(total=Sum("quantity")).values("total"))
    summed: QuerySet[Any] = rows.annotate(
        **{name: F(f"{path}__{name}") for name in SUMS}, over_allowed=Coalesce(allowed, NOTHING)
    )
    return summed


def inspection_reports(of: str) -> Subquery:
    """检验报告号，顿号隔开：某业务单行的货凭哪些报告入的成品库（E7）。"""
    rows = StoreEntry.objects.filter(line=OuterRef(of), kind=StoreEntry.Kind.PASSED).exclude(note="").order_by()
    return Subquery(rows.values("line").annotate(all=StringAgg("note", "、", distinct=True)).values("all"))


def standing_of(line: OrderLine, sums: Any) -> Standing:
    """Where an order line stands by the sums that `with_sums` put on a row."""
    return Standing(
        order_id=line.order_id,
        ordered=line.quantity,
        least=line.least,
        most=line.most,
        agreed_spare=line.spare_quantity,
        closed=line.closed,
        over_allowed=sums.over_allowed,
        **{name: getattr(sums, name) for name in SUMS},
    )
