"""Files by content: GENDAN_HOME/files/<aa>/<sha256>, written before their row and never overwritten (I44)."""

import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FULL = {errno.ENOSPC, errno.EDQUOT}


class StorageFull(ValidationError):
    """The disk or the quota is full: nothing was kept, the database is untouched."""


@dataclass(frozen=True)
class Stored:
    """A file that is on the disk, whole."""

    sha256: str
    size: int


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256


def store(content: bytes) -> Stored:
    """存文件：临时文件、落盘、改名，然后才可写数据库行（第二十条）。"""
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    if not want(sha256):
        try:
            write_whole(place, content)
        except OSError as error:
            if error.errno in FULL:
                raise StorageFull(_("存储空间不足，文件没有保存，请联系管理员"), code="storage_full") from error
            raise
    return Stored(sha256, len(content))


def want(sha256: str) -> bool:
    """Whether the file is there; if so its days of grace without a row begin anew, and nobody clears it away."""
    try:
        os.utime(path_of(sha256))
    except FileNotFoundError:
        return False
    return True


def clear_away(place: Path, *, older_than: float) -> bool:
    """Remove a file that no row names. It is put aside first: who wants it meanwhile keeps it, or writes it anew."""
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        place.rename(aside)
    except FileNotFoundError:
        return False
    if aside.stat().st_mtime >= older_than:
        aside.replace(place)
        return False
    aside.unlink()
    return True


def write_whole(place: Path, content: bytes) -> None:
    """Never half a file under its final name, even when the machine stops."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    settle(place.parent)


def settle(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes:
    """The bytes as they were stored."""
    return path_of(sha256).read_bytes()
