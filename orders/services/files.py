"""归到业务单上的文件：单存之前先收下，存单时归上（第六条，A6.1a、B8）。"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import FormSheet, Order
from papers.models import Attachment
from papers.services import attach, attachments_of
from papers.services.keeping import Upload
from parties.models import User
from workflow.machine import together

BASIS = "basis"
MOST_FILES = 10


@together
def file_on_order(files: Sequence[Upload], order: Order, *, actor: User, kind: str) -> list[Attachment]:
    """把这几个文件归到单上：一个不合格，都不归（B8）。"""
    return [attach(file, about=order, actor=actor, kind=kind) for file in _some(files)]


@together
def file_on_sheet(files: Sequence[Upload], token: str, *, actor: User) -> list[Attachment]:
    """表单还没存成业务单：文件先归到表单上（A6.1a）。"""
    if not actor.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))
    sheet, _made = FormSheet.objects.get_or_create(token=token, defaults={"owner": actor})
    if sheet.owner_id != actor.pk:
        raise PermissionDenied(_("这张表单不是您开的"))
    return [attach(file, about=sheet, actor=actor, kind=BASIS) for file in _some(files)]


def files_of_sheet(token: str, actor: User) -> list[Attachment]:
    """这张表单先收下的文件，旧的在前。"""
    sheet = FormSheet.objects.filter(token=token, owner=actor).first() if token else None
    return list(attachments_of(sheet))[::-1] if sheet else []


@together
def take_over(order: Order, token: str, *, actor: User) -> list[Attachment]:
    """存单了：表单先收下的文件归到单上，同一份只归一次（A6.1a、B8）。"""
    waiting = files_of_sheet(token, actor)
    there = set(attachments_of(order).values_list("sha256", "name")) if waiting else set()
    return [
        Attachment.objects.create(
            about=order.about,
            **{name: getattr(one, name) for name in ("kind", "name", "media_type", "size", "sha256", "at")},
            uploaded_by=one.uploaded_by,
            uploaded_by_name=one.uploaded_by_name,
        )
        for one in waiting
        if (one.sha256, one.name) not in there
    ]


def _some(files: Sequence[Upload]) -> Sequence[Upload]:
    if not files:
        raise ValidationError(_("还没有选文件"))
    if len(files) > MOST_FILES:
        raise ValidationError(_("一次最多 %(n)d 个文件，请分几次") % {"n": MOST_FILES})
    return files
