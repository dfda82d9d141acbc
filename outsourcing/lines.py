"""Lines of an order that an outsourcing paper speaks of: each must be of that very order (I28)."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine

MOST_LINES = 100


def own_lines(order: Order, ids: Sequence[int]) -> list[OrderLine]:
    """The order's lines by id, in the order given; none, too many or a foreign one is bad input."""
    if not ids:
        raise ValidationError({"lines": _("至少要有一行")})
    if len(ids) > MOST_LINES:
        raise ValidationError({"lines": _("最多 %(n)s 行") % {"n": MOST_LINES}})
    known = {line.pk: line for line in order.goods_now}
    errors = {f"lines.{n}.line": _("业务单没有行 %(id)s") % {"id": pk} for n, pk in enumerate(ids) if pk not in known}
    if errors:
        raise ValidationError(errors)
    return [known[pk] for pk in ids]
