"""加工商的资料（第四章，A42）。"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outsourcing.models import Processor
from outsourcing.rights import EDIT_PROCESSOR
from parties.models import User


@transaction.atomic
def create_processor(*, code: str, name: str, actor: User, **given: Any) -> Processor:
    """新加工商：编号不分大小写、不能重复（第四章，加工商）。"""
    _may_edit(actor)
    if Processor.objects.filter(code__iexact=code).exists():
        raise ValidationError({"code": _("加工商编号 %(code)s 已经有了") % {"code": code}})
    processor = Processor(code=code, name=name, **given)
    _check(processor)
    processor.save(force_insert=True)
    return processor


@transaction.atomic
def edit_processor(processor: Processor, *, actor: User, **given: Any) -> Processor:
    """改加工商资料、停用或恢复（第四章，加工商）；编号不变，已有加工单上的快照不变（I30）。"""
    _may_edit(actor)
    processor = Processor.objects.select_for_update(no_key=True).get(pk=processor.pk)
    if given.pop("code", processor.code) != processor.code:
        raise ValidationError({"code": _("加工商编号定了就不能改")})
    for field, value in given.items():
        setattr(processor, field, value)
    _check(processor)
    processor.save()
    return processor


def _check(processor: Processor) -> None:
    if processor.suspended and not processor.suspended_reason:
        raise ValidationError({"suspended_reason": _("停用要写明原因")})


def _may_edit(actor: User) -> None:
    if not actor.may(EDIT_PROCESSOR):
        raise PermissionDenied(_("您没有改加工商资料的权限"))
