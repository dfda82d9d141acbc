"""产品资料的动作（第二章）。"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Product
from parties.models import User
from parties.roles import MONEY_RIGHT
from workflow.machine import together


@together
def create_product(*, code: str, name: str, unit: str, actor: User, **given: Any) -> Product:
    """新产品：编号不分大小写、不能重复。"""
    _may_edit(actor, given)
    if Product.objects.filter(code__iexact=code).exists():
        raise ValidationError({"code": _("产品编号 %(code)s 已经有了") % {"code": code}})
    return Product.objects.create(code=code, name=name, unit=unit, **given)


@together
def edit_product(product: Product, *, actor: User, **given: Any) -> Product:
    """改产品资料；编号不变，已有业务单行上的快照不变（I30）。"""
    _may_edit(actor, given)
    product = Product.objects.select_for_update(of=("self",)).select_related("kind").get(pk=product.pk)
    if given.pop("code", product.code) != product.code:
        raise ValidationError({"code": _("产品编号定了就不能改")})
    for field, value in given.items():
        setattr(product, field, value)
    product.save()
    return product


def _may_edit(actor: User, given: dict[str, Any]) -> None:
    if not actor.may("orders.edit_product"):
        raise PermissionDenied(_("您没有改产品资料的权限"))
    if "default_price" in given and not actor.may(MONEY_RIGHT):
        raise PermissionDenied(_("参考价不归您看，也不归您改"))
