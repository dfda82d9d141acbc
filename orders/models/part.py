"""What hangs on one order: seen with it, locked with it, logged into its chain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from orders.models.order import Order
from parties.models import User
from workflow.models import Stateful
from workflow.models.stateful import Root


class OfOrder:
    """For query sets of what hangs on orders: narrowed to what a person may see; `of_order` is the way to the order."""

    of_order: ClassVar[str] = "order"

    def visible_to(self: Any, user: User) -> Any:
        """看得见业务单，就看得见跟着它的（第三条、B7）。"""
        return self.filter(**{f"{self.of_order}__in": Order.objects.visible_to(user)})


class OrderPart(Stateful):
    """A document of one order: the order is locked first, and the log rows join the order's chain (I46).

    `part_of` is the relation that has the order, where the document itself has not; `order_with` is what the locked
    order brings along.
    """

    part_of: ClassVar[str] = ""
    order_with: ClassVar[tuple[str, ...]] = ("team", "business_kind")

    class Meta(Stateful.Meta):
        abstract = True

    @property
    def _owner(self) -> Any:
        return getattr(self, self.part_of) if self.part_of else self

    @property
    def chain(self) -> str:
        return f"orders_order:{self._owner.order_id}"

    def chain_roots(self) -> models.QuerySet[Any] | Root | None:
        return Root(Order, self._owner.order_id, self.order_with)

    def take_roots(self, roots: Iterable[Any]) -> None:
        for root in roots:
            if isinstance(root, Order):
                self.take_order(root)

    def take_order(self, order: Order) -> None:
        """Keep the locked order where guards and rights look for it."""
        self._owner.order = order
