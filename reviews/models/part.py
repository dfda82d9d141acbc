"""What hangs on an order is locked with it, and logs into its chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from orders.models import Order
from workflow.models import Stateful


class OrderPart(Stateful):
    """A document of one order: the order is locked first, and the log rows join the order's chain (I46)."""

    order_field: ClassVar[str] = "order_id"

    class Meta(Stateful.Meta):
        abstract = True

    @property
    def chain(self) -> str:
        return f"orders_order:{self.order_id_now}"

    @property
    def order_id_now(self) -> int:
        """Of which order this is a part."""
        raise NotImplementedError

    def chain_roots(self) -> models.QuerySet[Any]:
        return Order.objects.filter(pk=self.order_id_now).select_related("team", "business_kind")

    def take_roots(self, roots: Iterable[Any]) -> None:
        self.take_order(next(iter(roots)))

    def take_order(self, order: Order) -> None:
        """Keep the locked order where guards and rights look for it."""
        raise NotImplementedError
