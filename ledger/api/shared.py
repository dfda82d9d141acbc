"""What the ledger's addresses share: who may look, how filters are read, how figures are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ledger.selectors import Where
from orders.models import Order
from orders.selectors import visible_orders
from parties.models import Customer, User
from workflow.forms import day_of
from workflow.inputs import ISO_DAY
from workflow.rest import Api, named

CENT, THOUSANDTH = Decimal("0.01"), Decimal("0.001")
CREATED = 201


class LedgerApi(Api):
    """An address of the ledger: only for those who may see its money."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.user.may("ledger.view"):
            raise PermissionDenied(_("台账、发票和收款不归您看"))


def money(amount: Decimal) -> str:
    """An amount as it stands in a reply: two decimals, never an exponent, never minus nothing."""
    return f"{amount.quantize(CENT, ROUND_HALF_UP) + 0:f}"


def quantity(number: Decimal) -> str:
    """A quantity as it stands in a reply: three decimals."""
    return f"{number.quantize(THOUSANDTH, ROUND_HALF_UP) + 0:f}"


def where_of(user: User, params: Mapping[str, str]) -> Where:
    """The part of the ledger that the query names; what cannot be read is 400 at its parameter."""
    first, last = (_day(name, params.get(name)) for name in ("from", "to"))
    if first and last and first > last:
        raise ValidationError({"from": _("起始日期晚于结束日期")})
    customer, coordinator = params.get("customer"), params.get("coordinator")
    return Where(
        user,
        order=order_named(user, "order", params["order"]) if params.get("order") else None,
        customer=named(Customer, "customer", code=customer) if customer else None,
        coordinator=named(User, "coordinator", username=coordinator) if coordinator else None,
        first=first,
        last=last,
    )


def order_named(user: User, field: str, number: str) -> Order:
    """An order that a query or a body names; one that is absent or not yours is 400 at its field."""
    order: Order | None = visible_orders(user).numbered(number).first()
    if order is None:
        raise ValidationError({field: _("没有业务单「%(number)s」，或者您看不到它") % {"number": number[:40]}})
    return order


def _day(name: str, text: str | None) -> dt.date | None:
    if not text:
        return None
    if not ISO_DAY.fullmatch(text):
        raise ValidationError({name: _("日期写成 2026-11-28 这样")})
    try:
        return day_of(text)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error


def one_of(name: str, value: str, known: Iterable[str]) -> str:
    """A parameter with a list of values."""
    if value not in known:
        raise ValidationError({name: _("只能是 %(known)s") % {"known": "、".join(known)}})
    return value


def moment_of(name: str, value: str) -> dt.datetime:
    """A moment with its offset."""
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError({name: _("时间写成 2026-11-28T16:25:00+08:00 这样")})
    return moment
