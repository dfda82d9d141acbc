"""What the addresses of reviews share: the order they belong to, and who may sign."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework.request import Request

from orders.models import Order
from orders.selectors import visible_orders
from parties import reauth
from parties.models import Means
from parties.reauth import Proof
from workflow import clock
from workflow.rest import Api

CREATED = 201


def signing_proof(request: Request) -> Proof:
    """令牌要有 sign 的范围；浏览器的会话要在五分钟内证明过是本人（第二十条）。"""
    if request.auth is not None:
        if "sign" not in getattr(request.auth, "scopes", ()):
            raise PermissionDenied(_("这个令牌没有签字的范围（sign）"))
        return Proof(clock.now(), Means.TOKEN.value)
    proof = reauth.proved_at(request._request)
    if proof is None:
        raise PermissionDenied(_("签字前请再证明一次是本人：口令或者通行密钥"))
    return proof


class OfOrder(Api):
    """What belongs to one order."""

    def order(self, number: str) -> Order:
        """The order, if this person sees it; what is made below it reads the order anew under its lock."""
        return self.subject(Order, visible_orders, number=number)
