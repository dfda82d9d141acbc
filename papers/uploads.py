"""What may be attached: judged by its content, under a name that cannot deceive."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from papers import office, pictures

LIMIT = 20 * 1024 * 1024
NAME_BYTES = 255
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
# What a name may not hold: separators, controls, bidi marks, zero-width characters, half characters.
DECEIVING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True)
class Judged:
    """An upload that was found good: its cleaned name, its type by content, the bytes to keep."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Type:
    """One allowed kind of file: endings, how its content begins, and what is done to it."""

    media_type: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]
    keep: Callable[[bytes], bytes]


def keep_pdf(content: bytes) -> bytes:
    """A PDF begins and ends as one: nothing is hidden before or after it."""
    if b"%%EOF" not in content[-1024:]:
        raise ValidationError(_("PDF 文件不完整，请重新导出后上传"), code="broken_file")
    return content


OOXML = "application/vnd.openxmlformats-officedocument."
TYPES = (
    Type("application/pdf", ("pdf",), (b"%PDF-",), keep_pdf),
    Type("image/jpeg", ("jpg", "jpeg"), (b"\xff\xd8\xff",), pictures.reencoder("JPEG")),
    Type("image/png", ("png",), (b"\x89PNG\r\n\x1a\n",), pictures.reencoder("PNG")),
    Type("image/webp", ("webp",), (b"RIFF",), pictures.reencoder("WEBP")),
    Type(f"{OOXML}spreadsheetml.sheet", ("xlsx",), (b"PK\x03\x04",), office.checker("xl/workbook.xml")),
    Type(f"{OOXML}wordprocessingml.document", ("docx",), (b"PK\x03\x04",), office.checker("word/document.xml")),
    Type(f"{OOXML}presentationml.presentation", ("pptx",), (b"PK\x03\x04",), office.checker("ppt/presentation.xml")),
)


def judge(name: str, content: bytes) -> Judged:
    """审一个上传文件：名称、大小、按内容识别的类型；图片重新编码、去掉位置等附带信息（B7）。"""
    name = clean_name(name)
    if not content:
        raise ValidationError(_("文件是空的，请重新选择"), code="empty_file")
    if len(content) > LIMIT:
        raise ValidationError(_("文件超过 20 MB，请压缩或分开上传"), code="too_large")
    kind = type_of(name, content)
    return Judged(name, kind.media_type, kind.keep(content))


def clean_name(name: str) -> str:
    """The name as it may be kept and shown; what could deceive is refused, not repaired."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or name.strip(". ") == "" or name != name.rstrip(". "):
        raise ValidationError(_("文件没有可用的名称，请改名后上传"), code="bad_name")
    if any(unicodedata.category(character) in DECEIVING for character in name):
        raise ValidationError(_("文件名含有看不见的控制字符，请改名后上传"), code="bad_name")
    if re.search(r'[/\\:*?"<>|]', name) or RESERVED.fullmatch(name):
        raise ValidationError(_('文件名不能含有 / \\ : * ? " < > | 或系统保留名，请改名后上传'), code="bad_name")
    if len(name.encode()) > NAME_BYTES:
        raise ValidationError(_("文件名太长（最多 255 字节，约 80 个汉字），请改短后上传"), code="bad_name")
    return name


def type_of(name: str, content: bytes) -> Type:
    """The allowed kind that both the name's ending and the content name."""
    ending = name.rpartition(".")[2].lower()
    for kind in TYPES:
        if ending in kind.endings:
            if content.startswith(kind.begins):
                return kind
            raise ValidationError(_("文件内容与扩展名 .%s 不符，请上传原文件") % ending, code="wrong_content")
    allowed = "、".join(kind.endings[0] for kind in TYPES)
    raise ValidationError(_("不接受这种文件，请上传 %s") % allowed, code="wrong_type")
