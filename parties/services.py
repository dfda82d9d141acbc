"""客户资料的动作（第一章）。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parties.models import Contact, Customer, User
from parties.roles import MONEY_RIGHT, Role

SYSTEM = "system"


def the_system() -> User:
    """系统自己：到时候就做、没有人按的动作由它承担（第三条）；没有口令，谁也登录不了。"""
    found, _made = User.objects.get_or_create(
        username=SYSTEM, defaults={"name": _("系统"), "role": Role.MACHINE, "password": "!"}
    )
    return found


@transaction.atomic
def create_customer(*, code: str, name: str, contacts: Sequence[Contact] = (), actor: User, **given: Any) -> Customer:
    """新客户：编号不分大小写、不能重复。"""
    _may_edit(actor, given)
    if Customer.objects.filter(code__iexact=code).exists():
        raise ValidationError({"code": _("客户编号 %(code)s 已经有了") % {"code": code}})
    customer = Customer.objects.create(code=code, name=name, **given)
    _keep_contacts(customer, contacts)
    return customer


@transaction.atomic
def edit_customer(
    customer: Customer, *, contacts: Sequence[Contact] | None = None, actor: User, **given: Any
) -> Customer:
    """改客户资料；编号不变，已有单据上的快照不变（I30）。"""
    _may_edit(actor, given)
    customer = Customer.objects.select_for_update(of=("self",)).select_related("salesperson").get(pk=customer.pk)
    if given.pop("code", customer.code) != customer.code:
        raise ValidationError({"code": _("客户编号定了就不能改")})
    for field, value in given.items():
        setattr(customer, field, value)
    customer.save()
    if contacts is not None:
        customer.contacts.all().delete()
        _keep_contacts(customer, contacts)
    return customer


def _keep_contacts(customer: Customer, contacts: Sequence[Contact]) -> None:
    for contact in contacts:
        contact.customer = customer
    Contact.objects.bulk_create(contacts)


def _may_edit(actor: User, given: dict[str, Any]) -> None:
    if not actor.may("parties.edit_customer"):
        raise PermissionDenied(_("您没有改客户资料的权限"))
    if "credit_limit" in given and not actor.may(MONEY_RIGHT):
        raise PermissionDenied(_("信用额度不归您看，也不归您改"))
