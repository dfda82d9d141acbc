"""What the ledger's pages share: who may look, how an address is read."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.models import Order
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.models import Customer

PAGING = {"after", "before"}


def may_look(request: StaffRequest) -> None:
    """台账、发票、收款只给看得见金额的人（B7）。"""
    if not request.user.may("ledger.view"):
        raise PermissionDenied(_("台账、发票和收款不归您看"))


def known_only(params: QueryDict, names: Iterable[str]) -> None:
    """Names that the page does not know are refused."""
    if unknown := set(params) - set(names) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})


def kept(params: QueryDict, *dropped: str) -> str:
    """The address's filters, without paging and without what is named."""
    query = params.copy()
    for name in (*PAGING, *dropped):
        query.pop(name, None)
    return query.urlencode()


def order_in(request: StaffRequest) -> Order | None:
    """The order that the address names, as far as this person may see it."""
    number = request.GET.get("order", "")
    order: Order | None = visible_orders(request.user).numbered(number).first() if number else None
    return order


def customer_in(params: QueryDict, order: Order | None) -> Customer | None:
    """The customer that the address names, or its order's."""
    if order is not None:
        return order.customer
    code = params.get("customer", "")[:40].split(" ")[0]
    return Customer.objects.filter(code=code).first() if code else None
