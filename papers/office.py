"""Office files are zip archives: looked into without unpacking, refused when they carry programs or bombs."""

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ENTRIES = 5_000
UNPACKED = 300 * 1024 * 1024
PROGRAMS = ("vbaproject.bin", "/activex/", "/embeddings/oleobject")


def checker(heart: str) -> Callable[[bytes], bytes]:
    """A function that lets an Office file of this kind pass, or says why not."""

    def keep(content: bytes) -> bytes:
        check(content, heart)
        return content

    return keep


def check(content: bytes, heart: str) -> None:
    """Office 文件须是其所称的种类，不含宏与控件，解开后不过大（B7）。"""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError) as error:
        raise ValidationError(_("Office 文件已损坏，请另存后上传"), code="broken_file") from error
    names = {entry.filename for entry in entries}
    if heart not in names or "[Content_Types].xml" not in names:
        raise ValidationError(_("文件内容与扩展名不符，请上传原文件"), code="wrong_content")
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise ValidationError(_("Office 文件解开后过大，请精简后上传"), code="too_large")
    if any(mark in name.lower() for name in names for mark in PROGRAMS):
        raise ValidationError(_("Office 文件含有宏或控件，请另存为不含宏的文件后上传"), code="macros")
