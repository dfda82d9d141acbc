"""The content of an order as it is signed for: one canonical dictionary per version (I19)."""

from __future__ import annotations

from typing import Any

from orders.events import OrderVersionKept
from orders.models import Order, OrderLine, OrderVersion
from orders.models.kind import kept
from papers.canonical import fingerprint, plain
from parties.models import User
from workflow.events import announce

ORDER_FIELDS = (
    "customer_name", "customer_po", "basis", "requested_date", "rush", "currency", "tax_rate", "prices_include_tax",
    "payment_terms", "requirements", "amount", "tax_amount",
)  # fmt: skip
LINE_FIELDS = (
    "position", "product_code", "product_name", "specification", "material", "printing", "finishing", "unit",
    "quantity",
    "spare_quantity", "unit_price", "amount", "tax_amount", "requested_date",
    "over_percent", "under_percent", "requirements", "breakdown", "closed",
)  # fmt: skip


def snapshot(order: Order) -> dict[str, Any]:
    """全文：客户要什么、多少、多少钱、何时要、有何要求；不含状态与承诺交期。"""
    content = {name: getattr(order, name) for name in ORDER_FIELDS}
    content["business_kind"] = order.business_kind.code
    content["kind_version"] = kept(order.kind_version_id).number if order.kind_version_id else None
    content["customer"] = order.customer_id
    content["lines"] = [_line(line) for line in order.lines_now]
    frozen: dict[str, Any] = plain(content)
    return frozen


def _line(line: OrderLine) -> dict[str, Any]:
    fee = {"fee": True} if line.fee else {}  # said only where it is one: what was hashed before stays as it was
    return {"id": line.pk, **{name: getattr(line, name) for name in LINE_FIELDS}, **fee}


REVIEWED = (
    "position", "product_code", "product_name", "specification", "material", "printing", "finishing", "unit",
    "quantity", "spare_quantity", "requirements",
)  # fmt: skip
QUANTITIES = frozenset({"quantity", "spare_quantity"})


def reviewed(content: dict[str, Any], *, quantities: bool = True) -> dict[str, Any]:
    """一版里各部门评审的是什么：做什么、怎么做、多少；价格、客户单号与要求日期不在其中（第十八条）。"""
    names = [name for name in REVIEWED if quantities or name not in QUANTITIES]
    goods = (line for line in content["lines"] if not line.get("fee"))
    lines = [{name: line[name] for name in names} for line in goods]
    return {"business_kind": content["business_kind"], "requirements": content["requirements"], "lines": lines}


def keep(order: Order, *, actor: User) -> OrderVersion:
    """存下这一版的全文与指纹；只加不改（I20）。"""
    content = snapshot(order)
    kept: OrderVersion = OrderVersion.objects.create(
        order=order, version=order.version, content=content, sha256=fingerprint(content), made_by=actor
    )
    announce(OrderVersionKept(order.pk, order.version, actor))
    return kept
