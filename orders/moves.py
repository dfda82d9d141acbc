"""An order's moves that ask nothing, or only a reason: the word in their address, the service behind (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Callable

from orders import services
from orders.models import Order

ALONE: dict[str, Callable[..., Order]] = {
    "submit": services.submit_order,
    "withdraw": services.withdraw_order,
    "discard": services.discard_order,
    "accept": services.accept_order,
    "start-production": services.start_production,
    "finish-production": services.finish_production,
    "finish-shipping": services.finish_shipping,
    "complete": services.complete_order,
}
WITH_REASON: dict[str, Callable[..., Order]] = {
    "reject": services.reject_order,
    "reopen-review": services.reopen_review,
    "cancel": services.cancel_order,
}
