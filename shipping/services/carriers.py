"""承运商登记（第五章，A55）。"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from shipping.models import Carrier
from workflow.machine import together

PLAIN = ("code", "name", "phone", "active")


@together
def add_carrier(given: dict[str, Any], *, actor: User) -> Carrier:
    """登记一家承运商（A55）。"""
    _may(actor)
    if Carrier.objects.filter(code=given["code"]).exists():
        raise ValidationError({"code": _("编号 %(code)s 已经有了") % {"code": given["code"]}})
    return Carrier.objects.create(**{name: given[name] for name in PLAIN if name in given})


@together
def edit_carrier(carrier: Carrier, given: dict[str, Any], *, actor: User) -> Carrier:
    """修改承运商；停用了，新送货单就不能选它（A55）。"""
    _may(actor)
    code = given.get("code", carrier.code)
    if Carrier.objects.filter(code=code).exclude(pk=carrier.pk).exists():
        raise ValidationError({"code": _("编号 %(code)s 已经有了") % {"code": code}})
    for name in PLAIN:
        setattr(carrier, name, given.get(name, getattr(carrier, name)))
    carrier.save()
    return carrier


def _may(actor: User) -> None:
    if not actor.may("shipping.edit_carrier"):
        raise PermissionDenied(_("您没有登记承运商的权限"))
