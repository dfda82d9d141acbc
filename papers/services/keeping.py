"""What is filed on a document: attachments kept by content, papers."""

from typing import Protocol

from django.db.models import QuerySet

from papers import storage, uploads
from papers.models import Attachment, Paper
from papers.registry import Document, named
from parties.models import User


class Upload(Protocol):
    """A file as a form or the API hands it in."""

    @property
    def name(self) -> str | None: ...

    def read(self, num_bytes: int = ...) -> bytes: ...


def attach(file: Upload, *, about: Document | str, actor: User, kind: str = "") -> Attachment:
    """把一个文件归到单据上：审名称与内容，先落盘再写行；不合格的一句话说明，什么也不留（第二十条、B7）。"""
    judged = uploads.judge(file.name or "", file.read(uploads.LIMIT + 1))
    return keep(judged, about=named(about), actor=actor, kind=kind)


def keep(judged: uploads.Judged, *, about: str, actor: User, kind: str) -> Attachment:
    """Write the bytes, then the row."""
    stored = storage.store(judged.content)
    attachment: Attachment = Attachment.objects.create(
        about=about,
        kind=kind,
        name=judged.name,
        media_type=judged.media_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor,
        uploaded_by_name=str(actor),
    )
    return attachment


def papers_of(*documents: Document | str) -> QuerySet[Paper]:
    """The papers issued on these documents, newest first, each with its voiding (B8)."""
    found: QuerySet[Paper] = Paper.objects.filter(about__in=[named(one) for one in documents])
    return found.select_related("voiding").order_by("-filed_at", "-id")


def attachments_of(*documents: Document | str) -> QuerySet[Attachment]:
    """What is filed on these documents, newest first (B8)."""
    found: QuerySet[Attachment] = Attachment.objects.filter(about__in=[named(one) for one in documents])
    return found.order_by("-at", "-id")
