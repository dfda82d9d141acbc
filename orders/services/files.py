"""归到业务单上的文件：单存之前先收下，存单时归上（第六条，A6.1a、B8）。"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import FormSheet, Order
from papers.models import Attachment, WaitingFile
from papers.services import attach, cleared_of, file_waiting, receive, waiting_on
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
def file_on_sheet(files: Sequence[Upload], token: str, *, actor: User) -> list[WaitingFile]:
    """表单还没存成业务单：文件先归到表单上（A6.1a）。"""
    if not actor.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))
    sheet, _made = FormSheet.objects.get_or_create(token=token, defaults={"owner": actor})
    if sheet.owner_id != actor.pk:
        raise PermissionDenied(_("这张表单不是您开的"))
    return [receive(file, about=sheet, actor=actor, kind=BASIS) for file in _some(files)]


def files_of_sheet(token: str, actor: User) -> list[WaitingFile]:
    """这张表单先收下的文件，旧的在前。"""
    sheet = _sheet(token, actor)
    return list(waiting_on(sheet)) if sheet else []


def cleared_of_sheet(token: str, actor: User) -> list[str]:
    """这张表单上放了一周没有存、已经清掉的文件（A6.1a）。"""
    sheet = _sheet(token, actor)
    return cleared_of(sheet) if sheet else []


@together
def take_over(order: Order, token: str, *, actor: User) -> list[Attachment]:
    """存单了：表单先收下的文件归到单上，同一份只归一次（A6.1a、B8）。"""
    sheet = _sheet(token, actor)
    return file_waiting(sheet, onto=order) if sheet else []


def _sheet(token: str, actor: User) -> FormSheet | None:
    return FormSheet.objects.filter(token=token, owner=actor).first() if token else None


def _some(files: Sequence[Upload]) -> Sequence[Upload]:
    if not files:
        raise ValidationError(_("还没有选文件"))
    if len(files) > MOST_FILES:
        raise ValidationError(_("一次最多 %(n)d 个文件，请分几次") % {"n": MOST_FILES})
    return files
