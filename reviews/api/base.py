"""What the addresses of reviews share: the order they belong to, and who may sign."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework.request import Request

from orders.models import Order
from orders.selectors import visible_orders
from parties import reauth
from workflow import clock
from workflow.rest import Api

CREATED = 201


def signing_time(request: Request) -> dt.datetime:
    """令牌要有 sign 的范围；浏览器的会话要在五分钟内验过口令（第二十条）。"""
    if request.auth is not None:
        if "sign" not in getattr(request.auth, "scopes", ()):
            raise PermissionDenied(_("这个令牌没有签字的范围（sign）"))
        return clock.now()
    moment = reauth.proved_at(request._request)
    if moment is None:
        raise PermissionDenied(_("签字前请重新输入口令"))
    return moment


class OfOrder(Api):
    """What belongs to one order."""

    def order(self, number: str) -> Order:
        """The order, if this person sees it; what is made below it reads the order anew under its lock."""
        return self.subject(Order, visible_orders, number=number)
