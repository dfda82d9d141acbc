"""表单先收下的文件：收下，归到单据上，过期清掉（第六条，A6.1a）。"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from papers import storage, uploads
from papers.models import Attachment, WaitingFile
from papers.registry import Document, named
from papers.services.keeping import Upload
from parties.models import User
from workflow import clock
from workflow.machine import together

KEPT_FOR = dt.timedelta(days=7)
COPIED = ("kind", "name", "media_type", "size", "sha256", "at", "uploaded_by_id", "uploaded_by_name")


def receive(file: Upload, *, about: Document | str, actor: User, kind: str = "") -> WaitingFile:
    """先收下一个文件：审名称与内容，先落盘再写行；归档以前只是等着（第六条）。"""
    judged = uploads.judge(file.name or "", file.read(uploads.LIMIT + 1))
    stored = storage.store(judged.content)
    waiting: WaitingFile = WaitingFile.objects.create(
        about=named(about),
        kind=kind,
        name=judged.name,
        media_type=judged.media_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor,
        uploaded_by_name=str(actor),
    )
    return waiting


def waiting_on(document: Document | str) -> QuerySet[WaitingFile]:
    """这份表单上还等着归档的，旧的在前。"""
    rows: QuerySet[WaitingFile] = WaitingFile.objects.filter(about=named(document)).waiting()
    return rows.order_by("at", "pk")


def cleared_of(document: Document | str) -> list[str]:
    """这份表单上放过了期、清掉了的文件名。"""
    rows = WaitingFile.objects.filter(about=named(document), cleared_at__isnull=False)
    return list(rows.order_by("pk").values_list("name", flat=True))


@together
def file_waiting(document: Document | str, *, onto: Document | str) -> list[Attachment]:
    """表单存成了单据：等着的文件归上去，同一份只归一次；夜里的清理碰不到它们（A6.1a、B8）。"""
    waiting = list(waiting_on(document).select_for_update())
    there = set(Attachment.objects.filter(about=named(onto)).values_list("sha256", "name")) if waiting else set()
    filed = []
    for one in waiting:
        if (one.sha256, one.name) in there:
            continue
        if not storage.want(one.sha256):
            raise ValidationError(_("文件 %(name)s 已经不在了，请重新上传") % {"name": one.name})
        filed.append(Attachment(about=named(onto), **{name: getattr(one, name) for name in COPIED}))
        there.add((one.sha256, one.name))
    for row in filed:
        row.save(force_insert=True)
    WaitingFile.objects.filter(pk__in=[one.pk for one in waiting]).update(filed_at=clock.now())
    return filed


@together
def clear_waiting() -> int:
    """放了一周没有存的文件清掉：正在归档的跳过，归了档的不动；内容没有别的行引用，随后由清理删去（A6.1a）。"""
    late = WaitingFile.objects.filter(at__lt=clock.now() - KEPT_FOR).waiting()
    rows = list(late.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return int(WaitingFile.objects.filter(pk__in=rows).update(cleared_at=clock.now()))
